namespace EdgeRnn.Hardware;

/// <summary>A voltage that is read as a count. Does not throw or allocate.</summary>
public interface IAnalogInput
{
    /// <summary>The count that stands for the reference voltage: 1023 for 10 bits.</summary>
    int FullScale { get; }

    /// <summary>Measures.</summary>
    /// <returns>0 to <see cref="FullScale"/>, or minus a <see cref="BusStatus"/> where that is not <see cref="BusStatus.Ok"/>.</returns>
    int Read();
}
