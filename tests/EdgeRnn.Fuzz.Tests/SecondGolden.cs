using System;
using System.Collections.Generic;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>
/// Section gold read and replayed by FORMAT.md alone. The checksum of the state is left out: it covers places whose old numbers this
/// reader does not keep. So is the limit on cost.
/// </summary>
internal sealed class SecondGolden
{
    private readonly SecondModel _model;
    private readonly double[] _numbers;
    private readonly List<Check> _checks = [];

    /// <summary>Proves the section.</summary>
    /// <param name="file">A file with golden steps whose other sections are valid.</param>
    /// <exception cref="FormatException">A rule is broken.</exception>
    public SecondGolden(byte[] file)
    {
        _model = SecondReader.Read(file);
        byte[] payload = ErnnEdit.Split(file).Single(section => section.Tag == "gold").Payload;
        SecondCursor cursor = new(payload, 0, payload.Length);
        IsExact = _model.IsQuantized && _model.Graphs.All(graph => graph.Layers.All(layer => layer.IsInteger));
        Must(cursor.U8() == (IsExact ? 1 : 2), "kind is 1 where every layer computes in integers, else 2");
        cursor.Zeros(3, "reserved");
        Tolerance = cursor.FiniteF32("tolerance");
        Must(IsExact ? Tolerance == 0 : Tolerance > 0, "tolerance is 0 with kind 1, above 0 with kind 2");
        StepCount = cursor.I32(1, 1 << 22, "stepCount");
        int numbers = cursor.I32(1, int.MaxValue, "numberCount"), checks = cursor.I32(1, StepCount, "checkCount");
        Must((long)numbers * (IsExact ? 2 : 4) <= payload.Length - cursor.Position, "the numbers lie inside the section");
        _numbers = [.. Enumerable.Range(0, numbers).Select(_ => Number(cursor))];
        for (int i = 0; i < checks; i++) _checks.Add(ReadCheck(cursor));
        Must(_checks[^1].Step == StepCount - 1, "the last check is of the last step");
        cursor.AtEnd("gold");
    }

    public bool IsExact { get; }

    public float Tolerance { get; }

    public int StepCount { get; }

    /// <summary>What differs from the file, one line each.</summary>
    public IEnumerable<string> Replay()
    {
        SecondSession session = new(_model);
        int inputSize = _model.Main.InputSize, next = 0;
        for (int step = 0; step < StepCount; step++)
        {
            double[] input = [.. Enumerable.Range(0, inputSize).Select(i => _numbers[(step * (long)inputSize + i) % _numbers.Length])];
            double[]? answer = IsExact ? session.StepValues(Array.ConvertAll(input, x => Math.Max(x, -32767)))
                : ToFloats(session.Step(Array.ConvertAll(input, x => (float)x)));
            if (_checks[next].Step != step) continue;
            Check check = _checks[next++];
            if ((check.Status & 1) != 0 != (answer != null)) yield return $"step {step}: only one of the two answers";
            for (int i = 0; answer != null && i < check.Answer.Length; i++)
            {
                if (!(Math.Abs(answer[i] - check.Answer[i]) <= Tolerance))
                    yield return $"step {step}, output {i}: expected {check.Answer[i]}, found {answer[i]}";
            }
            if (IsExact && check.AnswerChecksum != (answer == null ? 0 : ChecksumOf(answer))) yield return $"step {step}: checksum of the answer";
        }
    }

    private Check ReadCheck(SecondCursor cursor)
    {
        int step = cursor.I32(_checks.Count == 0 ? 0 : _checks[^1].Step + 1, StepCount - 1, "step");
        int status = cursor.U8();
        Must((status & ~5) == 0, "status has bits 0 and 2 alone");
        int size = _model.FrameSize * _model.FramesPerAnswer;
        int count = (status & 1) != 0 ? cursor.I32(1, size, "count") : cursor.I32(0, 0, "count");
        double[] answer = [.. Enumerable.Range(0, count).Select(_ => Number(cursor))];
        uint checksum = IsExact ? cursor.U32() : 0;
        if (IsExact) cursor.U32();
        return new Check(step, status, answer, checksum);
    }

    // The session answers in values where the model has them.
    private double[]? ToFloats(double[]? answer)
    {
        if (!_model.IsQuantized || answer == null) return answer;
        int[] bits = [.. _model.Graphs[^1].OutputBits];
        return [.. answer.Select((value, i) => Math.ScaleB(value, -bits[i % bits.Length]))];
    }

    private double Number(SecondCursor cursor) => IsExact ? (short)cursor.U16() : cursor.FiniteF32("number");

    private static uint ChecksumOf(double[] answer) =>
        SecondReader.Crc32([.. answer.SelectMany(value => BitConverter.GetBytes((short)value))]);

    private sealed record Check(int Step, int Status, double[] Answer, uint AnswerChecksum);
}
