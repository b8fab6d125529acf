using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware;

/// <summary>
/// Chooses the model a device starts with: one that has just come, else the active one of the store, else the other one, else the one in
/// the program. The first that loads, passes its golden steps and has a detector is taken; a new one is stored only then. Allocates; throws
/// nothing for bad files.
/// </summary>
public sealed class ModelBoot
{
    private readonly int _maxRowPairBytes;

    /// <summary>Chooses.</summary>
    /// <param name="store">The stored models; null: the device has no storage.</param>
    /// <param name="incoming">A file that has just come, null: none; not defined afterwards.</param>
    /// <param name="embedded">The file in the program; null: none.</param>
    /// <param name="counts">Whether samples come as whole numbers.</param>
    /// <param name="maxRowPairBytes">As <see cref="DeviceStart"/> takes it.</param>
    public ModelBoot(ModelStore? store, byte[]? incoming, byte[]? embedded, bool counts, int maxRowPairBytes = 0)
    {
        _maxRowPairBytes = maxRowPairBytes;
        int stored = store == null ? StorageStatus.Missing : store.Open();
        if (stored != StorageStatus.Ok && stored != StorageStatus.Missing) Note("stored models: " + StorageStatus.Describe(stored));
        if (incoming != null && Try(incoming, "new model", counts))
        {
            if (store != null) Install(store, incoming);
            return;
        }
        if (stored == StorageStatus.Ok && TryStored(store!, counts)) return;
        if (embedded != null) Try(embedded, "model of the program", counts);
    }

    /// <summary>
    /// The start that came out; its status is not <see cref="StartStatus.Ready"/> where every model was refused; null where there is none.
    /// </summary>
    public DeviceStart? Start { get; private set; }

    /// <summary>Which model was taken, as <c>stored model</c>; empty: none.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Whether the file that has just come is the active one of the store now: its sender's copy may go.</summary>
    public bool IsInstalled { get; private set; }

    /// <summary>What went wrong on the way, a line each; empty: nothing.</summary>
    public string Notes { get; private set; } = "";

    private bool TryStored(ModelStore store, bool counts)
    {
        for (int i = 0; i < 2; i++)
        {
            int which = i == 0 ? store.Active : 1 - store.Active;
            byte[]? file = store.Read(which);
            if (file == null) Note("stored model " + which.ToString() + ": " + StorageStatus.Describe(StorageStatus.Damaged));
            else if (Try(file, "stored model", counts))
            {
                if (i == 0) return true;
                int status = store.Switch();
                if (status != StorageStatus.Ok) Note("stored models: " + StorageStatus.Describe(status));
                return true;
            }
        }
        return false;
    }

    private void Install(ModelStore store, byte[] file)
    {
        int status = store.Install(file);
        IsInstalled = status == StorageStatus.Ok;
        if (!IsInstalled) Note("new model: runs, but could not be stored: " + StorageStatus.Describe(status));
    }

    private bool Try(byte[] file, string source, bool counts)
    {
        try
        {
            Start = new DeviceStart(file, counts, _maxRowPairBytes);
        }
        catch (OutOfMemoryException)
        {
            // It must not keep a device from starting with the model that fits.
            Note(source + ": takes more memory than the device has; see edgernn inspect --board");
            return false;
        }
        if (Start.Status == StartStatus.Ready)
        {
            Source = source;
            return true;
        }
        Note(source + ": " + Start.Text);
        return false;
    }

    private void Note(string line) => Notes = Notes + line + "\n";
}
