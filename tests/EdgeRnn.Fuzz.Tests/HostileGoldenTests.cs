using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// Section gold: valid steps, and the same with one thing wrong. The model loads in either case, for a reader may skip the section; whoever
/// replays it finds all of it sound or refuses it.
/// </summary>
public sealed class HostileGoldenTests
{
    private const int Mutants = 4_000;
    private const int Seed = 20261132;
    private const int MostStepsRun = 4_096;
    private const int NumbersAt = 20;

    private static readonly byte[] _valid = GoldenSteps.Append(ValidFiles.Stream);

    [Theory]
    [InlineData(0, 1, 0, ModelErrorCode.BadValue, "gold: kind")]
    [InlineData(0, 1, 1, ModelErrorCode.BadValue, "gold: kind")]
    [InlineData(0, 1, 3, ModelErrorCode.BadValue, "gold: kind")]
    [InlineData(2, 1, 1, ModelErrorCode.BadValue, "gold: reserved field")]
    [InlineData(4, 4, 0, ModelErrorCode.BadValue, "gold: tolerance is 0, expected a number above 0")]
    [InlineData(4, 4, Refusal.NaN, ModelErrorCode.BadValue, "gold: tolerance")]
    [InlineData(4, 4, Refusal.Infinity, ModelErrorCode.BadValue, "gold: tolerance")]
    [InlineData(4, 4, Refusal.MinusOne, ModelErrorCode.BadValue, "gold: tolerance")]
    [InlineData(8, 4, 0, ModelErrorCode.BadValue, "gold: step count")]
    [InlineData(8, 4, -1, ModelErrorCode.BadValue, "gold: step count")]
    [InlineData(8, 4, (1 << 22) + 1, ModelErrorCode.BadValue, "gold: step count")]
    [InlineData(8, 4, 33, ModelErrorCode.BadValue, "gold: the last check is of step 31")]
    [InlineData(12, 4, 0, ModelErrorCode.BadValue, "gold: number count")]
    [InlineData(12, 4, int.MinValue, ModelErrorCode.BadValue, "gold: number count")]
    [InlineData(12, 4, int.MaxValue, ModelErrorCode.WrongLength, "gold: 8589934588 bytes wanted")]
    [InlineData(16, 4, 0, ModelErrorCode.BadValue, "gold: check count")]
    [InlineData(16, 4, 33, ModelErrorCode.BadValue, "gold: check count")]
    [InlineData(16, 4, 7, ModelErrorCode.BadValue, "gold: the last check")]
    [InlineData(16, 4, 9, ModelErrorCode.WrongLength, "gold: 4 bytes wanted")]
    [InlineData(20, 4, Refusal.NaN, ModelErrorCode.BadValue, "gold: number")]
    public void Wrong_field_is_refused(int at, int bytes, long value, ModelErrorCode code, string words) => Expect(With(at, bytes, value), code, words);

    [Theory]
    [InlineData(0, 4, -1, ModelErrorCode.BadValue, "gold: step of a check")]
    [InlineData(0, 4, 32, ModelErrorCode.BadValue, "gold: step of a check")]
    [InlineData(4, 1, 2, ModelErrorCode.BadValue, "is 2, expected 0, 1, 4 or 5")]
    [InlineData(4, 1, 0, ModelErrorCode.BadValue, "gold: numbers of an answer")]
    [InlineData(5, 4, 0, ModelErrorCode.BadValue, "gold: numbers of an answer")]
    [InlineData(5, 4, 65535, ModelErrorCode.BadValue, "gold: numbers of an answer")]
    [InlineData(9, 4, Refusal.Infinity, ModelErrorCode.BadValue, "gold: number")]
    public void Wrong_field_of_a_check_is_refused(int at, int bytes, long value, ModelErrorCode code, string words) =>
        Expect(With(ChecksAt(_valid) + at, bytes, value), code, words);

    [Fact]
    public void Bytes_left_over_are_refused() => Expect(Edited(payload => [.. payload, 0]), ModelErrorCode.WrongLength, "gold: 1 unexpected bytes");

    [Fact]
    public void Truncated_anywhere_is_refused()
    {
        int length = Model.Load(_valid).GoldenBytes;
        for (int left = 1; left < length; left++)
        {
            byte[] file = Edited(payload => payload[..left]);
            Assert.Throws<ModelException>(() => new SelfTest(file, Model.Load(file)));
        }
    }

    [Fact]
    public void Steps_that_cost_too_much_are_refused()
    {
        byte[] file = ErnnEdit.WithSection(GoldenSteps.Append(ErnnWriter.Write(Wide())), "gold", payload =>
        {
            Write(payload, 8, 4, 1 << 22);
            return payload;
        });
        long cost = Model.Load(file).CostOf(1 << 22);
        Assert.InRange(cost, ModelLimits.MaxGoldenCost + 1, long.MaxValue);
        Expect(file, ModelErrorCode.LimitExceeded, "gold: 4194304 steps cost " + cost.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_mutant_replays_or_is_refused()
    {
        Random random = new(Seed);
        int refused = 0, failed = 0;
        for (int mutant = 0; mutant < LongRun.Choose(Mutants, 100_000); mutant++)
        {
            byte[] file = Edited(payload => Mutate(payload, random));
            Model model = Model.Load(file);
            try
            {
                SelfTest test = new(file, model);
                _ = new SecondGolden(file);
                if (test.StepCount > MostStepsRun) continue;
                int status = test.Run();
                Assert.InRange(status, SelfTestStatus.Passed, SelfTestStatus.WrongState);
                if (status != SelfTestStatus.Passed) failed++;
            }
            catch (ModelException refusal)
            {
                Refusal.CheckMessage(refusal, refusal.Code, "gold: ");
                Assert.Throws<FormatException>(() => new SecondGolden(file));
                refused++;
            }
        }
        Assert.True(refused > Mutants / 20 && failed > Mutants / 20, $"seed {Seed}: {refused} refused, {failed} failed");
    }

    [Fact]
    public void A_changed_weight_fails()
    {
        byte[] file = ErnnEdit.WithSection(_valid, "TENS", payload =>
        {
            // The exponent of the last weight.
            payload[^1] ^= 0x01;
            return payload;
        });
        Model model = Model.Load(file);
        Assert.Equal(SelfTestStatus.WrongAnswer, SelfTest.Run(file, model));
    }

    private static RecurrentGraph Wide() => new()
    {
        Name = "wide",
        Main = new Subgraph
        {
            InputSize = 40,
            Nodes = [new DenseNode("dense", [new(0, 0, 40)], ValidFiles.Values(40, 40), null, Activation.Linear)],
            Outputs = [new(1, 0, 40)],
        },
    };

    private static void Expect(byte[] file, ModelErrorCode code, string words)
    {
        Model model = Model.Load(file);
        Refusal.CheckMessage(Assert.Throws<ModelException>(() => new SelfTest(file, model)), code, words);
        if (code != ModelErrorCode.LimitExceeded) Assert.Throws<FormatException>(() => new SecondGolden(file));
    }

    private static byte[] Mutate(byte[] payload, Random random)
    {
        List<byte> bytes = [.. payload];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            // Every other change goes to the fields at the front.
            int at = random.Next(random.Next(2) == 0 ? NumbersAt : bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }
        return [.. bytes];
    }

    private static byte[] With(int at, int bytes, long value) => Edited(payload =>
    {
        Write(payload, at, bytes, value);
        return payload;
    });

    private static byte[] Edited(Func<byte[], byte[]> change) => ErnnEdit.WithSection(_valid, "gold", payload => change((byte[])payload.Clone()));

    private static void Write(byte[] payload, int at, int bytes, long value)
    {
        for (int i = 0; i < bytes; i++) payload[at + i] = (byte)(value >> (8 * i));
    }

    private static int ChecksAt(byte[] file)
    {
        ErnnSection section = ErnnEdit.Split(file).Single(candidate => candidate.Tag == "gold");
        return NumbersAt + 4 * BitConverter.ToInt32(section.Payload, 12);
    }
}
