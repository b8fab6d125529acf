namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>What a signal can hold at most.</summary>
/// <param name="Interval">All values of all its units.</param>
/// <param name="Intrinsic">True: the layer bounds it whatever it reads (tanh, sigmoid, a table). False: it follows from the
/// inputs.</param>
internal readonly record struct SignalBound(Interval Interval, bool Intrinsic);
