namespace EdgeRnn.Hardware;

/// <summary>
/// A source of samples, one number per channel. Reports what went wrong by a <see cref="SensorStatus"/>; neither throws nor allocates
/// after its creation. Belongs to one thread.
/// </summary>
public interface ISensor
{
    /// <summary>What it is, as <c>MPU-6050</c>.</summary>
    string Name { get; }

    /// <summary>Numbers per sample, at least 1.</summary>
    int ChannelCount { get; }

    /// <summary>
    /// 0 where a sample is measured when it is read; otherwise the device measures by its own clock, keeps the samples, and this is
    /// the time from one to the next, in microseconds.
    /// </summary>
    int SamplePeriodMicros { get; }

    /// <summary>Whether <see cref="ReadCounts"/> works: every channel is a whole number of 16 bits with one scale.</summary>
    bool HasCounts { get; }

    /// <summary>A channel's name, as <c>ax</c>.</summary>
    /// <param name="channel">0 to <see cref="ChannelCount"/> - 1.</param>
    string ChannelName(int channel);

    /// <summary>A channel's unit, as <c>m/s2</c>.</summary>
    /// <param name="channel">0 to <see cref="ChannelCount"/> - 1.</param>
    string ChannelUnit(int channel);

    /// <summary>
    /// Finds the device, resets it, writes its settings and reads them back. Called again after a fault, it brings a device back that
    /// was away.
    /// </summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    int Start();

    /// <summary>Takes the oldest sample that was not taken yet.</summary>
    /// <param name="values">Receives <see cref="ChannelCount"/> numbers in their units; NaN where the device had no valid one. The
    /// caller owns it. Without <see cref="SensorStatus.Ok"/> its content is not defined.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    int Read(float[] values, int offset);

    /// <summary>As <see cref="Read"/>, with the numbers as the device gives them.</summary>
    /// <param name="counts">Receives <see cref="ChannelCount"/> numbers.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>; <see cref="SensorStatus.BadReading"/> where <see cref="HasCounts"/> is false.</returns>
    int ReadCounts(short[] counts, int offset);
}
