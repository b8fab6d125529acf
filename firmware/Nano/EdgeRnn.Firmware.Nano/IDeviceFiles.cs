using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// What a board keeps while the power is off, and the model file that may have come from outside. Boards differ in whether there is any.
/// </summary>
public interface IDeviceFiles
{
    /// <summary>Places for state and models; null: the board has none.</summary>
    IStorage? Storage { get; }

    /// <summary>A model file that was put on the device since the last start; null: none.</summary>
    byte[]? TakeIncoming();

    /// <summary>Removes that file.</summary>
    void RemoveIncoming();
}
