namespace EdgeRnn.Runtime;

/// <summary>What a <see cref="Detector"/> is doing. The numbers are stable: devices report them.</summary>
public enum DetectorState
{
    /// <summary>
    /// The network has not settled, at the start or again after a sensor fault: what it answers is not judged.
    /// </summary>
    WarmingUp = 0,

    /// <summary>The stream is taken for normal; errors and scores are learnt from it.</summary>
    Calibrating = 1,

    /// <summary>Everything is learnt, and nothing is unusual.</summary>
    Ready = 2,

    /// <summary>The score has been out of bounds for as long as the alarm policy asks.</summary>
    Alarm = 3,

    /// <summary>
    /// A sensor has been unusable for longer than it may be substituted, or faults came again and again before the network could
    /// settle. No alarm begins in this state; one that was active stays
    /// (<see cref="Detector.IsAlarming"/>).
    /// </summary>
    SensorFault = 4,
}
