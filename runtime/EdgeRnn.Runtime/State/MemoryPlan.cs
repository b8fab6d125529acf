namespace EdgeRnn.Runtime;

/// <summary>
/// Where everything lies in a session's memory, computed from the layers in their order. Values between layers lie in one array
/// of 4-byte elements, floats in a float model, ints in a quantized one:
/// <code>
/// [ state of the layers | window | values | work                          | answer            ]
///   saved                 saved    scratch  scratch, shared by all layers   quantized models only
/// </code>
/// Float layers of a quantized model work in a second array, [ state | work ]. Counters, also saved, are a third. The figures
/// in the file must equal these (FORMAT.md, section PLAN).
/// </summary>
internal sealed class MemoryPlan
{
    private int _state;
    private int _counters;
    private int _values;
    private int _floatState;

    /// <param name="main">The graph of every time step.</param>
    /// <param name="decoder">The decoder, or null.</param>
    /// <param name="windowSize">What windows and decoders keep.</param>
    /// <param name="answerSize">Features of an answer of a quantized model; 0 for a float model.</param>
    /// <param name="isQuantized">Whether values are integers.</param>
    /// <param name="maxSessionBytes">The most a session may take.</param>
    /// <exception cref="ModelException">The session would take more.</exception>
    public MemoryPlan(LayerGraph main, LayerGraph? decoder, long windowSize, long answerSize, bool isQuantized,
        int maxSessionBytes)
    {
        long state = main.StateSize, values = main.ValuesSize, work = main.WorkSize;
        long floatState = main.FloatStateSize, floatWork = main.FloatWorkSize;
        if (decoder != null)
        {
            state += decoder.StateSize;
            values += decoder.ValuesSize;
            if (work < decoder.WorkSize) work = decoder.WorkSize;
            floatState += decoder.FloatStateSize;
            if (floatWork < decoder.FloatWorkSize) floatWork = decoder.FloatWorkSize;
        }
        long bytes = 4 * (state + windowSize + values + work + answerSize + floatState + floatWork);
        if (bytes > maxSessionBytes)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, "PLAN: a session needs " + bytes.ToString() +
                " bytes, at most " + maxSessionBytes.ToString() + " are allowed");
        }
        IsQuantized = isQuantized;
        LayerStateSize = (int)state;
        WindowSize = (int)windowSize;
        WindowOffset = LayerStateSize;
        SavedSize = WindowOffset + WindowSize;
        _values = SavedSize;
        WorkOffset = SavedSize + (int)values;
        AnswerOffset = WorkOffset + (int)work;
        TotalSize = AnswerOffset + (int)answerSize;
        FloatStateSize = (int)floatState;
        FloatTotalSize = FloatStateSize + (int)floatWork;
        _counters = FixedCounters;
    }

    /// <summary>Counters every session has: steps since Reset, position in the window, decoder steps left.</summary>
    public const int FixedCounters = 3;

    public bool IsQuantized { get; }

    public int LayerStateSize { get; }

    public int WindowSize { get; }

    public int WindowOffset { get; }

    /// <summary>Elements in a saved state: the first ones of the values' array.</summary>
    public int SavedSize { get; }

    /// <summary>First element of the shared scratch.</summary>
    public int WorkOffset { get; }

    /// <summary>First element of the answer of a quantized model.</summary>
    public int AnswerOffset { get; }

    /// <summary>Elements of the array that values lie in.</summary>
    public int TotalSize { get; }

    /// <summary>State of float layers in a quantized model, saved too.</summary>
    public int FloatStateSize { get; }

    /// <summary>State and scratch of float layers in a quantized model.</summary>
    public int FloatTotalSize { get; }

    /// <summary>Elements of the session's float array.</summary>
    public int FloatCount => IsQuantized ? FloatTotalSize : TotalSize;

    /// <summary>Elements of the session's int array.</summary>
    public int IntCount => IsQuantized ? TotalSize : 0;

    /// <summary>Floats in a saved state.</summary>
    public int SavedFloats => IsQuantized ? FloatStateSize : SavedSize;

    /// <summary>Ints in a saved state.</summary>
    public int SavedInts => IsQuantized ? SavedSize : 0;

    /// <summary>Counters, all saved; complete once every graph is placed.</summary>
    public int CounterCount => _counters;

    /// <summary>Bytes that survive a step.</summary>
    public int StateBytes => 4 * (SavedSize + FloatStateSize + CounterCount);

    /// <summary>Bytes needed only during a step.</summary>
    public int ScratchBytes => 4 * (TotalSize - SavedSize + FloatTotalSize - FloatStateSize);

    public int AddState(int size)
    {
        int at = _state;
        _state += size;
        return at;
    }

    public int AddFloatState(int size)
    {
        int at = _floatState;
        _floatState += size;
        return at;
    }

    public int AddValue(int size)
    {
        int at = _values;
        _values += size;
        return at;
    }

    public int AddCounters(int count)
    {
        int at = _counters;
        _counters += count;
        return at;
    }

    /// <summary>The four figures of section PLAN in their order.</summary>
    public int[] Figures => new int[] { 4 * (LayerStateSize + FloatStateSize), 4 * WindowSize, ScratchBytes, CounterCount };

    /// <summary>Compares the section with what the layers need.</summary>
    public void Verify(ByteReader reader)
    {
        int[] expected = Figures;
        for (int i = 0; i < expected.Length; i++)
        {
            int found = reader.Int32();
            if (found != expected[i])
            {
                throw new ModelException(ModelErrorCode.PlanMismatch, "PLAN: " + FigureName(i) + " is " + found.ToString() +
                    ", the layers need " + expected[i].ToString());
            }
        }
    }

    private static string FigureName(int index)
    {
        switch (index)
        {
            case 0: return "bytes of layer state";
            case 1: return "bytes of window";
            case 2: return "bytes of scratch";
            default: return "counters";
        }
    }
}
