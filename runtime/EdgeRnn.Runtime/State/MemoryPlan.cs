namespace EdgeRnn.Runtime;

/// <summary>
/// Where everything lies in a session's one float array, computed from the layers in their order:
/// <code>
/// [ state of the layers | window | values | work ]
///   saved                 saved    scratch  scratch, shared by all layers
/// </code>
/// Counters, also saved, are a second array. The figures in the file must equal these (FORMAT.md, section PLAN).
/// </summary>
internal sealed class MemoryPlan
{
    private int _state;
    private int _counters;
    private int _values;

    /// <param name="layerStateFloats">State of all layers of all graphs.</param>
    /// <param name="windowFloats">What windows and decoders keep.</param>
    /// <param name="valueFloats">Inputs, and outputs that are not states.</param>
    /// <param name="workFloats">Scratch of the hungriest layer.</param>
    /// <param name="maxSessionBytes">The most a session may take.</param>
    /// <exception cref="ModelException">The session would take more.</exception>
    public MemoryPlan(long layerStateFloats, long windowFloats, long valueFloats, long workFloats, int maxSessionBytes)
    {
        long bytes = 4 * (layerStateFloats + windowFloats + valueFloats + workFloats);
        if (bytes > maxSessionBytes)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, "PLAN: a session needs " + bytes.ToString() +
                " bytes, at most " + maxSessionBytes.ToString() + " are allowed");
        }
        LayerStateFloats = (int)layerStateFloats;
        WindowFloats = (int)windowFloats;
        WindowOffset = LayerStateFloats;
        SavedFloats = WindowOffset + WindowFloats;
        _values = SavedFloats;
        WorkOffset = SavedFloats + (int)valueFloats;
        TotalFloats = WorkOffset + (int)workFloats;
        _counters = FixedCounters;
    }

    /// <summary>Counters every session has: steps since Reset, position in the window, decoder steps left.</summary>
    public const int FixedCounters = 3;

    public int LayerStateFloats { get; }

    public int WindowFloats { get; }

    public int WindowOffset { get; }

    /// <summary>Floats in a saved state: the first ones of the array.</summary>
    public int SavedFloats { get; }

    /// <summary>First float of the shared scratch.</summary>
    public int WorkOffset { get; }

    public int TotalFloats { get; }

    /// <summary>Counters, all saved; complete once every graph is placed.</summary>
    public int CounterCount => _counters;

    public int AddState(int floats)
    {
        int at = _state;
        _state += floats;
        return at;
    }

    public int AddValue(int floats)
    {
        int at = _values;
        _values += floats;
        return at;
    }

    public int AddCounters(int count)
    {
        int at = _counters;
        _counters += count;
        return at;
    }

    /// <summary>Floats of state of a graph's layers.</summary>
    public static long StateOf(LayerGraph? graph)
    {
        long total = 0;
        for (int i = 0; graph != null && i < graph.LayerCount; i++) total += graph.LayerAt(i).StateFloats;
        return total;
    }

    /// <summary>Floats of a graph's input and of the outputs that are not states.</summary>
    public static long ValuesOf(LayerGraph? graph)
    {
        if (graph == null) return 0;
        long total = graph.InputSize;
        for (int i = 0; i < graph.LayerCount; i++)
        {
            if (!graph.LayerAt(i).OutputIsState) total += graph.LayerAt(i).OutputSize;
        }
        return total;
    }

    /// <summary>Compares the section with what the layers need.</summary>
    public void Verify(ByteReader reader)
    {
        VerifyField(reader, "bytes of layer state", LayerStateFloats * 4);
        VerifyField(reader, "bytes of window", WindowFloats * 4);
        VerifyField(reader, "bytes of scratch", (TotalFloats - SavedFloats) * 4);
        VerifyField(reader, "counters", CounterCount);
    }

    private static void VerifyField(ByteReader reader, string field, int expected)
    {
        int found = reader.Int32();
        if (found != expected)
        {
            throw new ModelException(ModelErrorCode.PlanMismatch, "PLAN: " + field + " is " + found.ToString() +
                ", the layers need " + expected.ToString());
        }
    }
}
