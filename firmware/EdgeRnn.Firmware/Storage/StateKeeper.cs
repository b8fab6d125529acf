using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>Keeps a detector's state over a restart: what it has learnt, and where the stream was.</summary>
public sealed class StateKeeper
{
    private readonly Detector _detector;
    private readonly SlotPair _slots;

    /// <summary>A keeper; reserves as many bytes as a state takes.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="storage">The storage; not owned.</param>
    /// <param name="firstSlot">The first of the two places it may use.</param>
    public StateKeeper(Detector detector, IStorage storage, int firstSlot)
    {
        _detector = detector;
        _slots = new SlotPair(storage, firstSlot, detector.SavedStateBytes);
    }

    /// <summary>
    /// After <see cref="Restore"/> gave <see cref="StorageStatus.Ok"/>: what the detector said, a <see cref="StateStatus"/>.
    /// </summary>
    public int LastStateStatus { get; private set; }

    /// <summary>
    /// Restores the newest sound state. Without one, or with one of another model, the detector stays as it is and learns anew.
    /// </summary>
    /// <returns><see cref="StorageStatus.Ok"/> where there was a state, <see cref="LastStateStatus"/> then says whether it was taken; or a
    /// negative <see cref="StorageStatus"/>.</returns>
    public int Restore()
    {
        int count = _slots.Load();
        if (count < 0) return count;
        LastStateStatus = _detector.RestoreState(_slots.Buffer, SlotPair.RecordOffset, count);
        return StorageStatus.Ok;
    }

    /// <summary>Saves the state; the one before is kept until this one is complete.</summary>
    /// <returns>A <see cref="StorageStatus"/>.</returns>
    public int Save() => _slots.Store(_detector.SaveState(_slots.Buffer, SlotPair.RecordOffset));
}
