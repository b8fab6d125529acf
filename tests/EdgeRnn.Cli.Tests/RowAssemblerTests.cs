using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Record;

namespace EdgeRnn.Cli.Tests;

/// <summary>Rows out of what devices print.</summary>
public sealed class RowAssemblerTests
{
    private const string Boot = "ets Jul 29 2019 12:21:46|rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)|clk_drv:0x00,q_drv:0x00,d_drv:0x00" +
        "|mode:DIO, clock div:2|load:0x3fff0030,len:1184|ho 0 tail 12 room 4|entry 0x400805e4|Hello, world!|Ready!";

    [Theory]
    [InlineData("ax:1 ay:2|ax:3 ay:4", "ax,ay", "1,2|3,4")]
    [InlineData("ax:1,ay:2|ax:3,ay:4", "ax,ay", "1,2|3,4")]
    [InlineData("ax:1\tay:-2.5e-3|ax:3\tay:4", "ax,ay", "1,-2.5e-3|3,4")]
    [InlineData("1,2|3,4", "channel1,channel2", "1,2|3,4")]
    [InlineData("1;2|3;4", "channel1,channel2", "1,2|3,4")]
    [InlineData("1 2|3 4", "channel1,channel2", "1,2|3,4")]
    [InlineData("ax,ay|1,2|3,4", "ax,ay", "1,2|3,4")]
    [InlineData("score:0.12 threshold:0.80 alarm:0|score:0.13 threshold:0.80 alarm:0", "score,threshold,alarm", "0.12,0.80,0|0.13,0.80,0")]
    public void Every_form_that_devices_print_is_read(string lines, string columns, string rows) => Check(lines, columns, rows, 0);

    [Theory]
    [InlineData("ax:1 ay:nan|ax:3 ay:4", "1,|3,4")]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ay:5", "1,2|3,4|,5")]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ay:6 ax:5", "1,2|3,4|5,6")]
    [InlineData("ax,ay|1,|,4|inf,5", "1,|,4|,5")]
    public void A_value_that_is_missing_leaves_its_cell_empty(string lines, string rows) => Check(lines, "ax,ay", rows, 0);

    [Theory]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ax:5 a", "1,2|3,4", 1)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ax:5 ay:|ax:6 ay:7", "1,2|3,4|5,|6,7", 0)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ax:5 ay:6x", "1,2|3,4", 1)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ax:5 az:6", "1,2|3,4", 1)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ax:5 ax:6", "1,2|3,4", 1)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|7,8", "1,2|3,4", 1)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|\u0000\u00ff\u0007ax:5 ay:6", "1,2|3,4", 1)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|ax:1e999 ay:6", "1,2|3,4", 1)]
    [InlineData("ax:1 ay:2|ax:3 ay:4|||", "1,2|3,4", 0)]
    public void A_line_that_does_not_fit_is_counted_and_never_half_a_row(string lines, string rows, int bad) => Check(lines, "ax,ay", rows, bad);

    [Fact]
    public void Text_of_a_device_that_starts_is_no_data() => Check($"{Boot}|ax:1 ay:2|ax:3 ay:4", "ax,ay", "1,2|3,4", 9);

    [Fact]
    public void A_device_that_starts_in_the_middle_goes_on_with_the_same_columns() =>
        Check($"ax:1 ay:2|ax:3 ay:4|ax:5 ay:0.{Boot}|ax:7 ay:8", "ax,ay", "1,2|3,4|7,8", 9);

    [Fact]
    public void A_header_that_comes_again_is_no_bad_line() => Check("ax,ay|1,2|ax,ay|3,4|az,ay|5,6", "ax,ay", "1,2|3,4|5,6", 1);

    [Fact]
    public void Columns_are_believed_when_two_lines_agree() => Check("12|ax:1|ax:1 ay:2|ax:3 ay:4", "ax,ay", "1,2|3,4", 2);

    [Fact]
    public void A_single_row_at_the_end_is_a_row() => Check("ax:1 ay:2", "ax,ay", "1,2", 0);

    [Fact]
    public void Names_the_user_gives_are_the_columns() => Check("1,2|3,4,5|6,7", "x,y", "1,2|6,7", 1, "x", "y");

    [Fact]
    public void Names_the_user_gives_choose_their_order() => Check("ay:2 ax:1|ay:4 ax:3|az:5", "ax,ay", "1,2|3,4", 1, "ax", "ay");

    private static void Check(string lines, string columns, string rows, int bad, params string[] given)
    {
        RowAssembler assembler = new(given);
        List<string> found = [];
        foreach (string line in lines.Split('|')) found.AddRange(assembler.Add(line, 0).Select(row => string.Join(',', row.Values)));
        found.AddRange(assembler.End().Select(row => string.Join(',', row.Values)));
        Assert.Equal(rows.Split('|'), found);
        Assert.Equal(columns.Split(','), assembler.Columns!);
        Assert.Equal(bad, assembler.Bad);
    }
}
