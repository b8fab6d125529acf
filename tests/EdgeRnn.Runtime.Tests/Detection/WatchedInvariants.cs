using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>What holds after every step of a detector, whatever the sensors do.</summary>
internal sealed class WatchedInvariants(Detector detector, string what)
{
    private int _step = -1;
    private int[] _counters = new int[7];
    private bool _wasAlarming = detector.IsAlarming;
    private int _threshold = detector.ThresholdBits;

    /// <summary>Looks at the detector after a step.</summary>
    public void Check()
    {
        _step++;
        int[] counters = [detector.CalibratedSteps, detector.AlarmCount, detector.AlarmSteps, detector.FaultCount, detector.SubstitutedReadings, detector.RestartCount, detector.HasScore ? 1 : 0];
        for (int i = 0; i < counters.Length; i++) Require(counters[i] >= _counters[i], $"counter {i} went from {_counters[i]} to {counters[i]}");
        bool isFaulty = false;
        for (int i = 0; i < detector.Model.InputSize; i++) isFaulty |= detector.FaultOf(i) != SensorFaultKind.None;
        Require(!isFaulty || detector.IsBlind, "a step with a fault was judged");
        Require(detector.AlarmBegan == (detector.IsAlarming && !_wasAlarming), "an alarm that began was not said to");
        Require(!detector.AlarmBegan || !detector.IsBlind, "an alarm began while nothing could be judged");
        Require(!_wasAlarming || detector.IsAlarming || !detector.IsBlind, "an alarm ended while nothing could be judged");
        if (detector.IsBlind)
        {
            Require(counters[0] == _counters[0], "something was learnt from a step that is not judged");
            Require(counters[1] == _counters[1] && counters[2] == _counters[2], "a step that is not judged counts as one of an alarm");
            Require(detector.ThresholdBits == _threshold, "the threshold moved");
        }
        DetectorState expected = detector.IsAlarming ? DetectorState.Alarm : detector.IsBlind ? DetectorState.WarmingUp
            : detector.IsCalibrated ? DetectorState.Ready : DetectorState.Calibrating;
        Require(detector.State == expected || (detector.State == DetectorState.SensorFault && detector.IsBlind), $"the state is {detector.State}, not {expected}");
        Require(!detector.IsAlarming || detector.IsCalibrated, "an alarm before anything is learnt");
        (_counters, _wasAlarming, _threshold) = (counters, detector.IsAlarming, detector.ThresholdBits);
    }

    private void Require(bool holds, string otherwise) => Assert.True(holds, $"{what}, step {_step}: {otherwise}");
}
