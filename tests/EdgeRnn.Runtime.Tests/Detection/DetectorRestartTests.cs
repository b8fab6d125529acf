using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>A float network that overflows starts anew, and its detector comes back with what it had learnt.</summary>
public sealed class DetectorRestartTests
{
    private const int WarmUp = 30, Steps = 400, Seed = 20261205;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_that_overflows_restarts_and_comes_back(bool endsFinite)
    {
        Detector detector = new(Explosive(endsFinite), Settings(), false);
        WatchedInvariants invariants = new(detector, $"seed {Seed}");
        Random random = new(Seed);
        int threshold = 0;
        for (int t = 0; t < Steps; t++)
        {
            float sample = (float)(random.NextDouble() * 2 - 1);
            bool explodes = t == 200;
            // Below what any sensor could give in deviations, but beyond floats once it is multiplied.
            detector.Step([explodes ? 1e12f : sample], 0);
            invariants.Check();
            if (t < 200) Assert.Equal(0, detector.RestartCount);
            if (t == 199) Assert.Equal(DetectorState.Ready, detector.State);
            if (t == 199) threshold = detector.ThresholdBits;
            if (explodes) Assert.Equal((1, DetectorState.WarmingUp, SensorFaultKind.None), (detector.RestartCount, detector.State, detector.FaultOf(0)));
            if (t > 200 && t <= 200 + WarmUp) Assert.Equal(DetectorState.WarmingUp, detector.State);
            if (t > 200 + WarmUp) Assert.Equal(DetectorState.Ready, detector.State);
        }
        Assert.Equal((1, 0, 0, threshold), (detector.RestartCount, detector.AlarmCount, detector.FaultCount, detector.ThresholdBits));
        byte[] state = new byte[detector.SavedStateBytes];
        detector.SaveState(state, 0);
        Assert.Equal(StateStatus.Restored, detector.RestoreState(state, 0, state.Length));
    }

    [Fact]
    public void A_network_that_overflows_at_every_step_is_reported_and_never_alarms()
    {
        Detector detector = new(Explosive(false), Settings(), false);
        for (int t = 0; t < Steps; t++)
        {
            detector.Step([1e12f], 0);
            Assert.Equal((t + 1, false), (detector.RestartCount, detector.IsAlarming));
        }
        Assert.Equal(DetectorState.SensorFault, detector.State);
    }

    private static DetectorSettings Settings() => new() { ThresholdSteps = 100, Level = 0.9f, Factor = 4, Sensors = new SensorSettings { MaxSubstituted = 5 } };

    // 1e12 * 1e30 is infinite in both its signs, and the state behind them not a number. A bounded head, which here takes it for nothing,
    // says 0 to that: the answer alone looks sound.
    private static Model Explosive(bool endsFinite)
    {
        Graphs graphs = new(Seed);
        float[] input = [.. Enumerable.Range(0, 9).SelectMany(_ => new[] { 1e-30f, 1e-30f, 0.3f })];
        Subgraph chain = Graphs.Chain(1,
            inputs => new DenseNode("large", inputs, new Tensor([1e30f, -1e30f, 0.1f], [3, 1]), null, Activation.Linear),
            inputs => new GruNode("gru", inputs, new Tensor(input, [9, 3]), graphs.Random(9, 3).Scale(0.2f), graphs.Random(12).Scale(0.2f), ResetAfter: true),
            inputs => new DenseNode("head", inputs, graphs.Random(1, 3).Scale(0.3f), null,
                endsFinite ? new Activation(ActivationKind.ThresholdedRelu, 0.05f, 0) : Activation.Linear));
        return Model.Load(ErnnWriter.Write(Graphs.Whole(chain), warmUpSteps: WarmUp));
    }
}
