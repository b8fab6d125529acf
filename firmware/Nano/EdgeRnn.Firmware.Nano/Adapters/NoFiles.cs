using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>A board whose firmware has no file system: the model is the program's own, and the state is not kept.</summary>
public sealed class NoFiles : IDeviceFiles
{
    /// <inheritdoc/>
    public IStorage? Storage => null;

    /// <inheritdoc/>
    public byte[]? TakeIncoming() => null;

    /// <inheritdoc/>
    public void RemoveIncoming()
    {
    }
}
