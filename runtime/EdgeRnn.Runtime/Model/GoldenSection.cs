namespace EdgeRnn.Runtime;

/// <summary>
/// Section gold of a file: proven when it is made, then read in order, again and again, where it lies (FORMAT.md, section gold).
/// </summary>
internal sealed class GoldenSection
{
    /// <summary>Kinds of sections: answers agree to the bit, or within a tolerance.</summary>
    public const int Exact = 1, WithTolerance = 2;

    /// <summary>The bits of a step's status that are compared; warm-up is no property of the arithmetic.</summary>
    public const int ComparedStatus = StepStatus.OutputReady | StepStatus.InvalidInput;

    /// <summary>The section's tag.</summary>
    public const string Tag = "gold";

    private readonly byte[] _file;
    private readonly int _end;
    private readonly int _outputSize;
    private readonly int _numbersAt;   // first byte of the inputs' numbers
    private readonly int _numberBytes; // of one number
    private readonly int _numberCount;
    private readonly int _checksAt;    // first byte of the checks
    private ByteReader _numbers;
    private ByteReader _checks;
    private int _numbersLeft;
    private int _checksLeft;
    private int _nextCheck;

    /// <param name="file">The file; kept, not copied.</param>
    /// <param name="model">The model in it, which has the section.</param>
    /// <exception cref="ModelException">The section breaks a rule.</exception>
    public GoldenSection(byte[] file, Model model)
    {
        _file = file;
        _end = model.GoldenEnd;
        _outputSize = model.OutputSize;
        ByteReader reader = new ByteReader(file, model.GoldenStart, _end, Tag);
        int kind = model.IsIntegerOnly ? Exact : WithTolerance;
        IsExact = reader.Choice(kind, kind, "kind") == Exact;
        _numberBytes = IsExact ? 2 : 4;
        reader.Zeros(3, "reserved field");
        Tolerance = reader.Finite(0, "tolerance");
        if (IsExact != (Tolerance == 0))
        {
            ThrowBad("tolerance is " + Tolerance.ToString() + ", expected " +
                (IsExact ? "0 in exact steps" : "a number above 0"));
        }
        StepCount = reader.Count(1, ModelLimits.MaxGoldenSteps, "step count");
        if (model.CostOf(StepCount) > ModelLimits.MaxGoldenCost)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, Tag + ": " + StepCount.ToString() + " steps cost " +
                model.CostOf(StepCount).ToString() + ", a cost of " + ModelLimits.MaxGoldenCost.ToString() + " is allowed");
        }
        _numberCount = reader.Count(1, int.MaxValue, "number count");
        CheckCount = reader.Count(1, StepCount, "check count");
        reader.RequireLeft((long)_numberCount * _numberBytes);
        _numbersAt = reader.Position;
        for (int i = 0; i < _numberCount; i++) ProveNumber(reader);
        _checksAt = reader.Position;
        _numbers = _checks = reader;
        ProveChecks(reader);
        reader.End();
    }

    public bool IsExact { get; }

    public float Tolerance { get; }

    public int StepCount { get; }

    public int CheckCount { get; }

    /// <summary>Of the check taken last: the expected status.</summary>
    public int Status { get; private set; }

    /// <summary>Of the check taken last: how many numbers of the answer are compared, its first ones.</summary>
    public int AnswerCount { get; private set; }

    /// <summary>Back to the first step.</summary>
    public void Rewind()
    {
        RewindNumbers();
        _checks = new ByteReader(_file, _checksAt, _end, Tag);
        _checksLeft = CheckCount;
        _nextCheck = _checks.Int32();
    }

    /// <summary>The input of the next step of an integer model, [inputSize].</summary>
    public void ReadInput(short[] input)
    {
        for (int i = 0; i < input.Length; i++)
        {
            NextNumber();
            input[i] = (short)_numbers.UInt16();
        }
    }

    /// <summary>The input of the next step of a model with floats, [inputSize].</summary>
    public void ReadInput(float[] input)
    {
        for (int i = 0; i < input.Length; i++)
        {
            NextNumber();
            input[i] = _numbers.Single();
        }
    }

    /// <summary>
    /// Whether a step is compared; then <see cref="Status"/> and <see cref="AnswerCount"/> hold, and what they announce must be
    /// read before the next step: the numbers, and when exact two checksums, of the answer and of the state.
    /// </summary>
    public bool TakeCheck(int step)
    {
        if (_checksLeft == 0) return false;
        if (step > _nextCheck) _nextCheck = _checks.Int32();
        if (step != _nextCheck) return false;
        _checksLeft--;
        Status = _checks.Byte();
        AnswerCount = _checks.Int32();
        return true;
    }

    public int ReadInteger() => (short)_checks.UInt16();

    public float ReadFloat() => _checks.Single();

    public uint ReadChecksum() => (uint)_checks.Int32();

    private void NextNumber()
    {
        if (_numbersLeft == 0) RewindNumbers();
        _numbersLeft--;
    }

    private void RewindNumbers()
    {
        _numbers = new ByteReader(_file, _numbersAt, _checksAt, Tag);
        _numbersLeft = _numberCount;
    }

    private void ProveChecks(ByteReader reader)
    {
        int lastStep = -1;
        for (int check = 0; check < CheckCount; check++)
        {
            lastStep = reader.Count(lastStep + 1, StepCount - 1, "step of a check");
            int at = reader.Position, status = reader.Byte();
            if ((status & ~ComparedStatus) != 0)
                ThrowBad("status at byte " + at.ToString() + " is " + status.ToString() + ", expected 0, 1, 4 or 5");
            bool answers = (status & StepStatus.OutputReady) != 0;
            int count = reader.Count(answers ? 1 : 0, answers ? _outputSize : 0, "numbers of an answer");
            for (int i = 0; i < count; i++) ProveNumber(reader);
            if (!IsExact) continue;
            reader.Int32();
            reader.Int32();
        }
        if (lastStep != StepCount - 1)
        {
            ThrowBad("the last check is of step " + lastStep.ToString() + ", expected the last of " + StepCount.ToString() +
                " steps");
        }
    }

    private void ProveNumber(ByteReader reader)
    {
        if (IsExact) reader.UInt16();
        else reader.Finite(float.MinValue, "number");
    }

    private static void ThrowBad(string problem)
    {
        throw new ModelException(ModelErrorCode.BadValue, Tag + ": " + problem);
    }
}
