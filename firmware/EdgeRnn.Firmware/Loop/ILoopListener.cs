namespace EdgeRnn.Firmware;

/// <summary>Hears of a loop's work: a trace, a host's log, a page that shows it.</summary>
public interface ILoopListener
{
    /// <summary>The detector is about to make a step with a sample. Called on the loop's thread: short, without throwing.</summary>
    /// <param name="loop">The loop; its detector is as the step before left it.</param>
    void BeforeStep(SensorLoop loop);

    /// <summary>The detector has made a step. Called on the loop's thread: short, without throwing.</summary>
    /// <param name="loop">The loop; its detector says what came of it.</param>
    /// <param name="hasSample">False where nothing was read, and what stood for it was stepped.</param>
    void OnStep(SensorLoop loop, bool hasSample);

    /// <summary>What the sensor says has changed: a fault has begun, or is over.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="status">A <see cref="Hardware.SensorStatus"/>.</param>
    void OnSensor(SensorLoop loop, int status);
}
