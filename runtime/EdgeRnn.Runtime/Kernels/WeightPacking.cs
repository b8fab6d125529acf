namespace EdgeRnn.Runtime;

/// <summary>
/// How the weights of one model are laid out when it is loaded, and what that takes: interpreted devices may have rows of integer
/// matrices in pairs (<see cref="RowPairs"/>), as far as the caller's allowance reaches.
/// </summary>
internal sealed partial class WeightPacking
{
    private readonly int _maxPairBytes;

    /// <param name="maxPairBytes">The most that all pairs of the model may take; 0 for none. More than
    /// <see cref="ModelLimits.MaxRowPairBytes"/> is taken for that.</param>
    public WeightPacking(int maxPairBytes)
    {
        _maxPairBytes = maxPairBytes < ModelLimits.MaxRowPairBytes ? maxPairBytes : ModelLimits.MaxRowPairBytes;
    }

    /// <summary>Bytes of pairs so far.</summary>
    public int PairBytes { get; private set; }

    /// <summary>Whether pairs are wanted at all.</summary>
    public bool WantsPairs => _maxPairBytes > 0;

    /// <summary>Counts the pairs of one matrix, or says that they would be too many; then nothing is counted.</summary>
    public bool TakePairs(long bytes)
    {
        if (bytes > _maxPairBytes - PairBytes) return false;
        PairBytes += (int)bytes;
        return true;
    }
}
