using System.Text;
using EdgeRnn.Firmware;

namespace EdgeRnn.Tests;

/// <summary>Numbers become text without an allocation, the same on every device.</summary>
public sealed class AsciiTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-7, "-7")]
    [InlineData(1234567890123, "1234567890123")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void Whole_numbers_are_written_in_full(long value, string expected)
    {
        AsciiText text = new(32);
        text.Put(value);
        Assert.Equal(expected, Encoding.ASCII.GetString(text.Bytes, 0, text.Count));
    }

    [Theory]
    [InlineData(0, "0.0000")]
    [InlineData(65536, "1.0000")]
    [InlineData(32768, "0.5000")]
    [InlineData(1, "0.0000")]
    [InlineData(7, "0.0001")]
    [InlineData(int.MaxValue, "32767.9999")]
    public void Fixed_point_numbers_are_cut_off_behind_their_decimals(int value, string expected)
    {
        AsciiText text = new(32);
        text.PutFixed(value, 4);
        Assert.Equal(expected, Encoding.ASCII.GetString(text.Bytes, 0, text.Count));
    }

    [Fact]
    public void What_does_not_fit_is_left_out()
    {
        AsciiText text = new(4);
        text.Put("score:1");
        Assert.Equal("scor", Encoding.ASCII.GetString(text.Bytes, 0, text.Count));
    }
}
