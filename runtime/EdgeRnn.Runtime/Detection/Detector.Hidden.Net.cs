using System;

namespace EdgeRnn.Runtime;

public sealed partial class Detector
{
    /// <summary>As <see cref="Session.CopyHiddenState(Span{float})"/>, of the network that reads the samples.</summary>
    /// <param name="values">Receives <see cref="Model.HiddenUnits"/> numbers; the caller owns it.</param>
    /// <exception cref="ArgumentException">The buffer is shorter.</exception>
    public void CopyHiddenState(Span<float> values) => _session.CopyHiddenState(values);
}
