using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// Mutants of saved states: each is restored and the session runs on, or is refused with a code and nothing has changed; the rules of
/// FORMAT.md say the same.
/// </summary>
public sealed class StateFuzzTests
{
    private const int CorpusSize = 30, FirstSeed = 40000, StepsAfter = 20;

    private static readonly int[] _extremes = [0, 1, 2, 3, 7, -1, 255, 32767, 32768, -32767, -32768, 65535, (1 << 30) - 1, 1 << 30, -(1 << 30), -int.MaxValue, int.MaxValue, int.MinValue, 0x7FC00000, 0x7F800000, 0x7F7FFFFF, 0x00000001];

    private static readonly byte[][] _files =
    [
        .. ValidFiles.All,
        .. Enumerable.Range(0, CorpusSize).Select(seed => ErnnWriter.Write(RandomGraphs.Create(FirstSeed + seed))),
        .. Enumerable.Range(0, CorpusSize).Select(seed => ErnnWriter.Write(RandomIntegers.Create(FirstSeed + seed))),
    ];

    private static readonly Model[] _models = Array.ConvertAll(_files, Model.Load);
    private static readonly SecondModel[] _second = Array.ConvertAll(_files, file => SecondReader.Read(file));

    [Fact]
    public void Every_mutant_is_restored_and_runs_on_or_changes_nothing()
    {
        HashSet<int> codes = [];
        for (int seed = 0; seed < LongRun.Choose(40_000, 800_000); seed++) codes.Add(Check(seed));
        Assert.Equal(Enumerable.Range(0, 7), codes.Order());
    }

    private static int Check(int seed)
    {
        Random random = new(seed);
        int index = random.Next(_models.Length);
        string changes = "not yet changed";
        try
        {
            Session session = new(_models[index]);
            Step(session, random, random.Next(30));
            byte[] mutant = Mutate(StateEdit.Save(session), random, out changes);
            Step(session, random, random.Next(10));
            byte[] before = StateEdit.Save(session);
            int status = session.RestoreState(mutant, 0, mutant.Length);
            bool restored = status == StateStatus.Restored;
            Assert.True(StateEdit.Save(session).AsSpan().SequenceEqual(restored ? mutant : before), $"{StateStatus.Describe(status)}, but the state is another");
            Step(session, random, StepsAfter);
            session.Reset();
            Assert.True(SecondAccepts(mutant, _second[index]) == restored, $"{StateStatus.Describe(status)}, the page says otherwise");
            return status;
        }
        catch (Exception failure)
        {
            Assert.Fail($"seed {seed}, file {index}, {changes}: {failure}");
            throw;
        }
    }

    private static byte[] Mutate(byte[] state, Random random, out string changes)
    {
        List<string> made = [];
        for (int count = 1 + random.Next(3); count > 0; count--)
        {
            // Half of the changes fall on header and counters, which would otherwise drown in floats.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(state.Length, 80) : state.Length);
            switch (random.Next(6))
            {
                case 0:
                    state[at] ^= (byte)(1 << random.Next(8));
                    made.Add($"bit of byte {at}");
                    break;
                case 1:
                    Array.Resize(ref state, 4 + random.Next(state.Length + 8));
                    made.Add($"length {state.Length}");
                    break;
                case 2:
                    state[at] = (byte)random.Next(256);
                    made.Add($"byte {at} = {state[at]}");
                    break;
                default:
                    at = Math.Min(at & ~3, (state.Length & ~3) - 4);
                    int value = random.Next(2) == 0 ? _extremes[random.Next(_extremes.Length)] : BitConverter.ToInt32(state, at) + random.Next(-2, 3);
                    BitConverter.TryWriteBytes(state.AsSpan(at), value);
                    made.Add($"word {at} = {value}");
                    break;
            }
        }
        if (random.Next(4) > 0)
        {
            if (random.Next(2) == 0 && state.Length >= 12) BitConverter.TryWriteBytes(state.AsSpan(8), state.Length);
            StateEdit.Seal(state);
            made.Add("sealed");
        }
        changes = string.Join("; ", made);
        return state;
    }

    private static bool SecondAccepts(byte[] state, SecondModel model)
    {
        try
        {
            SecondState.Read(state, model);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void Step(Session session, Random random, int steps)
    {
        float[] input = new float[session.Model.InputSize], output = new float[session.Model.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = (float)(random.NextDouble() * 4 - 2);
            session.Step(input, 0, output, 0);
        }
    }
}
