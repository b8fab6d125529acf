using System;
using System.IO;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// The internal storage, drive <c>I:</c>: places for state and models, and <c>I:\incoming.ernn</c>, where edgernn flash puts a model.
/// </summary>
public sealed class InternalFiles : IDeviceFiles
{
    private const string Drive = "I:\\";
    private const string Incoming = Drive + "incoming.ernn";

    /// <inheritdoc/>
    public IStorage? Storage { get; } = new NanoStorage(Drive, NanoProgram.SlotCount);

    /// <inheritdoc/>
    public byte[]? TakeIncoming()
    {
        try
        {
            if (!File.Exists(Incoming)) return null;
            using (FileStream file = new FileStream(Incoming, FileMode.Open, FileAccess.Read))
            {
                byte[] bytes = new byte[(int)file.Length];
                return NanoStorage.ReadAll(file, bytes, 0) == bytes.Length ? bytes : null;
            }
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void RemoveIncoming()
    {
        try
        {
            File.Delete(Incoming);
        }
        catch (Exception)
        {
            // It is installed once more at the next start.
        }
    }
}
