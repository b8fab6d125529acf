using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Replays the golden steps of a model file: inputs with the answers and, for integer models, the state that the converter found.
/// A device runs it at start-up. It reads them where they lie in the file; its memory is one <see cref="Session"/>, one input and
/// one answer, all free again afterwards.
/// </summary>
/// <example>
/// <code>
/// Model model = Model.Load(fileBytes);
/// int status = SelfTest.Run(fileBytes, model);
/// if (status != SelfTestStatus.Passed) { /* report SelfTestStatus.Describe(status) and do not start */ }
/// </code>
/// </example>
public sealed class SelfTest
{
    private readonly Model _model;
    private readonly GoldenSection? _steps;
    private readonly bool _isOtherFile;

    /// <summary>Proves the section of golden steps. Nothing runs yet.</summary>
    /// <param name="file">The bytes the model was read from; kept as long as this object, not changed.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ModelException">The section is damaged, or asks for more than <see cref="ModelLimits"/>.</exception>
    public SelfTest(byte[] file, Model model)
    {
        _model = model;
        if (model.GoldenBytes == 0) return;
        _isOtherFile = !IsFileOf(model, file);
        if (!_isOtherFile) _steps = new GoldenSection(file, model);
    }

    /// <summary>Whether there is anything to replay.</summary>
    public bool HasGoldenSteps => _steps != null;

    /// <summary>
    /// Whether answers and states must agree to the bit; otherwise answers agree within <see cref="Tolerance"/>.
    /// </summary>
    public bool IsExact => _steps != null && _steps.IsExact;

    /// <summary>Golden steps; 0 without any.</summary>
    public int StepCount => _steps == null ? 0 : _steps.StepCount;

    /// <summary>How many of the steps are compared; the others lead from one to the next.</summary>
    public int CheckCount => _steps == null ? 0 : _steps.CheckCount;

    /// <summary>Largest difference of an answer that passes; 0 when exact.</summary>
    public float Tolerance => _steps == null ? 0 : _steps.Tolerance;

    /// <summary>After a failure: the step, counted from 0.</summary>
    public int FailedStep { get; private set; }

    /// <summary>After a failure: which number of the answer, counted from 0; -1 where a status or a checksum differs.</summary>
    public int FailedNumber { get; private set; }

    /// <summary>After a failure: what the file says: a status, a number of the answer (of an integer model as an integer), or a
    /// checksum.</summary>
    public double Expected { get; private set; }

    /// <summary>After a failure: what came instead.</summary>
    public double Found { get; private set; }

    /// <summary>Replays the golden steps of a file in a session of their own.</summary>
    /// <param name="file">The bytes the model was read from; not kept.</param>
    /// <param name="model">The model.</param>
    /// <returns>A <see cref="SelfTestStatus"/> code; <see cref="SelfTestStatus.Passed"/> is 0.</returns>
    /// <exception cref="ModelException">The section is damaged, or asks for more than <see cref="ModelLimits"/>.</exception>
    public static int Run(byte[] file, Model model)
    {
        return new SelfTest(file, model).Run();
    }

    /// <summary>Replays the golden steps in a session of their own, up to the first difference.</summary>
    /// <returns>A <see cref="SelfTestStatus"/> code; <see cref="SelfTestStatus.Passed"/> is 0.</returns>
    public int Run()
    {
        if (_isOtherFile) return SelfTestStatus.OtherFile;
        if (_steps == null) return SelfTestStatus.NoGoldenSteps;
        return _steps.IsExact ? RunExact(_steps) : RunWithTolerance(_steps);
    }

    private int RunExact(GoldenSection steps)
    {
        Session session = new Session(_model);
        short[] input = new short[_model.InputSize], answer = new short[_model.OutputSize];
        steps.Rewind();
        for (int step = 0; step < steps.StepCount; step++)
        {
            steps.ReadInput(input);
            int status = session.StepQuantized(input, 0, answer, 0);
            if (!steps.TakeCheck(step)) continue;
            if (!StatusIsRight(steps, step, status)) return SelfTestStatus.WrongStatus;
            for (int i = 0; i < steps.AnswerCount; i++)
            {
                int expected = steps.ReadInteger();
                if (answer[i] != expected) return Fail(SelfTestStatus.WrongAnswer, step, i, expected, answer[i]);
            }
            uint answerChecksum = (status & StepStatus.OutputReady) == 0 ? 0 : ChecksumOf(answer);
            uint expectedAnswer = steps.ReadChecksum(), expectedState = steps.ReadChecksum(), state = session.StateChecksum();
            if (answerChecksum != expectedAnswer)
                return Fail(SelfTestStatus.WrongAnswer, step, -1, expectedAnswer, answerChecksum);
            if (state != expectedState) return Fail(SelfTestStatus.WrongState, step, -1, expectedState, state);
        }
        return SelfTestStatus.Passed;
    }

    private int RunWithTolerance(GoldenSection steps)
    {
        Session session = new Session(_model);
        float[] input = new float[_model.InputSize], answer = new float[_model.OutputSize];
        steps.Rewind();
        for (int step = 0; step < steps.StepCount; step++)
        {
            steps.ReadInput(input);
            int status = session.Step(input, 0, answer, 0);
            if (!steps.TakeCheck(step)) continue;
            if (!StatusIsRight(steps, step, status)) return SelfTestStatus.WrongStatus;
            for (int i = 0; i < steps.AnswerCount; i++)
            {
                float expected = steps.ReadFloat(), difference = answer[i] - expected;
                // A NaN compares as false.
                if (!(difference <= steps.Tolerance && difference >= -steps.Tolerance))
                    return Fail(SelfTestStatus.WrongAnswer, step, i, expected, answer[i]);
            }
        }
        return SelfTestStatus.Passed;
    }

    private bool StatusIsRight(GoldenSection steps, int step, int status)
    {
        int found = status & GoldenSection.ComparedStatus;
        if (found == steps.Status) return true;
        Fail(SelfTestStatus.WrongStatus, step, -1, steps.Status, found);
        return false;
    }

    private int Fail(int code, int step, int number, double expected, double found)
    {
        FailedStep = step;
        FailedNumber = number;
        Expected = expected;
        Found = found;
        return code;
    }

    /// <summary>The CRC-32 of numbers as 16-bit little-endian.</summary>
    internal static uint ChecksumOf(short[] numbers)
    {
        uint crc = Crc32.Start;
        for (int i = 0; i < numbers.Length; i++) crc = Crc32.Add(crc, numbers[i], 2);
        return ~crc;
    }

    private static bool IsFileOf(Model model, byte[] file)
    {
        if (file.Length < model.GoldenEnd) return false;
        for (int i = 0; i < SectionTable.ModelIdBytes; i++)
        {
            if (file[SectionTable.ModelIdOffset + i] != model.Id[i]) return false;
        }
        int checksumAt = model.GoldenStart - 8;
        return BitConverter.ToInt32(file, checksumAt) == (int)Crc32.Compute(file, model.GoldenStart, model.GoldenBytes);
    }
}
