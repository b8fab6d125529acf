namespace EdgeRnn.Converter.Verify;

/// <summary>One value that differs from its reference.</summary>
/// <param name="Sequence">Which sequence of a batch, from 0.</param>
/// <param name="Step">The input step at which the model gave it, from 0.</param>
/// <param name="Frame">Which frame of that answer, from 0.</param>
/// <param name="Feature">Which feature of the frame, from 0.</param>
/// <param name="Expected">The reference.</param>
/// <param name="Found">What the runtime answered.</param>
public sealed record BadStep(int Sequence, int Step, int Frame, int Feature, float Expected, float Found);
