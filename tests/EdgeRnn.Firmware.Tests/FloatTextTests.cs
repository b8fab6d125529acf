using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using EdgeRnn.Firmware;

namespace EdgeRnn.Tests;

/// <summary>Floats become text that reads back as the same float.</summary>
public sealed class FloatTextTests(ITestOutputHelper output)
{
    private const int Seed = 20;

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(0.1f, "0.1")]
    [InlineData(-0.04f, "-0.04")]
    [InlineData(9.80665f, "9.80665")]
    [InlineData(100f, "100")]
    [InlineData(101325f, "101325")]
    [InlineData(999999.94f, "999999.94")]
    [InlineData(123456792f, "123456790")] // the next float is 8 away
    [InlineData(0.00001f, "0.00001")]
    [InlineData(0.0000012f, "1.20000004e-6")] // 1.2e-6 is nearer to it than to the next float, but not by enough for the quick test
    [InlineData(1e9f, "1e9")]
    [InlineData(-2.5e20f, "-2.5e20")]
    [InlineData(float.NaN, "nan")]
    [InlineData(float.PositiveInfinity, "inf")]
    [InlineData(float.NegativeInfinity, "-inf")]
    public void Numbers_are_written_as_people_write_them(float value, string expected) => Assert.Equal(expected, TextOf(value));

    [Fact]
    public void Every_float_reads_back_as_it_was_and_fits()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        List<float> values = [float.MaxValue, float.MinValue, float.Epsilon, 1.17549435E-38f, 16777216f, 16777217f, 8388607.5f];
        for (int i = 0; i < 200_000; i++)
        {
            values.Add(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
            values.Add((float)((random.NextDouble() - 0.5) * 40));
        }
        for (int power = -149; power < 128; power++)
        {
            // On both sides of a power of two the distance to the next float changes.
            float two = (float)Math.Pow(2, power);
            values.AddRange([two, MathF.BitDecrement(two), MathF.BitIncrement(two)]);
        }
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            string text = TextOf(value);
            Assert.True(float.Parse(text, CultureInfo.InvariantCulture) == value, $"{value:R} became {text}");
            Assert.True(text.Length <= FloatText.MaxLength, text);
        }
    }

    private static string TextOf(float value)
    {
        AsciiText text = new(32);
        FloatText.Put(text, value);
        return Encoding.ASCII.GetString(text.Bytes, 0, text.Count);
    }
}
