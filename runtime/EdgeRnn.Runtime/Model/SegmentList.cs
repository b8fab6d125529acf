namespace EdgeRnn.Runtime;

/// <summary>Pieces of values read one after another: (value, offset, length) each. See FORMAT.md, "Segments".</summary>
internal sealed class SegmentList
{
    /// <summary>Value 0 is the graph's input, value k the output of layer k - 1.</summary>
    public readonly int[] Values;

    /// <summary>First feature of each piece.</summary>
    public readonly int[] Offsets;

    /// <summary>Features of each piece.</summary>
    public readonly int[] Lengths;

    public SegmentList(ByteReader reader, int count, string owner)
    {
        Values = new int[count];
        Offsets = new int[count];
        Lengths = new int[count];
        for (int i = 0; i < count; i++)
        {
            Values[i] = reader.UInt16();
            Offsets[i] = reader.Count(0, ModelLimits.MaxFeatures, owner + " segment offset");
            Lengths[i] = reader.Count(1, ModelLimits.MaxFeatures, owner + " segment length");
            TotalLength += Lengths[i];
        }
    }

    public int Count => Values.Length;

    /// <summary>Features of all pieces together: at most 1024 pieces of at most 65535.</summary>
    public int TotalLength { get; }

    /// <summary>
    /// Checks every piece against the values that exist; <paramref name="valueSizes"/>[v] is the size of value v.
    /// </summary>
    public void Check(string owner, int[] valueSizes, int valueCount)
    {
        for (int i = 0; i < Values.Length; i++)
        {
            if (Values[i] >= valueCount)
            {
                throw new ModelException(ModelErrorCode.BadGraph, owner + ": reads value " + Values[i].ToString() + ", only " +
                    valueCount.ToString() + " values exist before it");
            }
            int size = valueSizes[Values[i]];
            if (Offsets[i] + Lengths[i] > size)
            {
                throw new ModelException(ModelErrorCode.BadGraph, owner + ": reads features " + Offsets[i].ToString() + " to " +
                    (Offsets[i] + Lengths[i]).ToString() + " of value " + Values[i].ToString() + ", which has " +
                    size.ToString());
            }
        }
    }
}
