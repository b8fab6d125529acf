using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeRnn.Accuracy;
using EdgeRnn.Accuracy.Report;
using EdgeRnn.Accuracy.Tasks;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>The table of runtime/NUMERICS.md holds what the command finds.</summary>
public sealed partial class AccuracyPageTests
{
    private const int FloatColumn = 4, ChangeColumn = 6;

    /// <summary>Deviations of float from the published answers this small are the processor's rounding, not a finding.</summary>
    private const double FloatRounding = 2e-5;

    /// <summary>Percent; so much do two rows of SKAB move the missed alarms, should float decide them otherwise.</summary>
    private const double ChangeRounding = 0.05;

    [Fact]
    public void Page_holds_the_figures_of_the_command()
    {
        Assert.SkipUnless(LongRun.IsOn, "measures every model; EDGERNN_LONG=1 runs it");
        TaskResult[] results = [.. AccuracyTasks.All.Select(task => AccuracyTaskTests.Measure(task.Name, Program.Quantizer))];
        string expected = AccuracyTable.Write(AccuracyOptions.DefaultScheme, results);
        string actual = NumericsPage.Read(NumericsPage.DefaultPath);
        Assert.True(Agree(expected, actual), $"run tests/EdgeRnn.Accuracy with --write; the table is now\n{expected}");
    }

    [Theory]
    [InlineData("| a | F1 | 0.758 | 0.757 | 0.757 | 0 | |", "| a | F1 | 0.758 | 0.757 | 0.756 | 0 | |", true)]
    [InlineData("| a | F1 | 0.758 | 0.757 | 0.757 | 0 | |", "| a | F1 | 0.758 | 0.757 | 0.755 | 0 | |", false)]
    [InlineData("| a | F1 | 0.758 | 0.757 | 0.757 | 0 | |", "| b | F1 | 0.758 | 0.757 | 0.757 | 0 | |", false)]
    [InlineData("| a | F1 | 1 | 1 | 1 | +0.12 % | |", "| a | F1 | 1 | 1 | 1 | +0.16 % | |", true)]
    [InlineData("| a | F1 | 1 | 1 | 1 | +0.12 % | |", "| a | F1 | 1 | 1 | 1 | -0.12 % | |", false)]
    [InlineData("| a | ESR | | 4.1e-14 | 3.1e-5 | | |", "| a | ESR | | 7.1e-14 | 3.1e-5 | | |", true)]
    [InlineData("| a | ESR | | 4.1e-14 | 3.1e-5 | | |", "| a | ESR | | 4.1e-14 | 3.3e-5 | | |", false)]
    [InlineData("| a | flips | | 0 | 0 | | |", "| a | flips | | 0.01 % | 0 | | |", true)]
    [InlineData("| a | flips | | 0 | 0 | | |", "| a | flips | | 0.02 % | 0 | | |", false)]
    [InlineData("| a | bytes | 13,952 | 1 | 13,000 | | |", "| a | bytes | 13,952 | 1 | 13,010 | | |", false)]
    [InlineData("| a | F1 | 0.758 | 0.757 | 0.757 | 0 | |", "| a | F1 | 0.758 | 0.757 | 0.757 | 0 | **missed** |", false)]
    public void A_page_agrees_up_to_the_last_digit(string expected, string actual, bool agrees) =>
        Assert.Equal(agrees, Agree(expected, actual));

    private static bool Agree(string expected, string actual)
    {
        string[] expectedCells = expected.Split('|'), actualCells = actual.Split('|');
        if (expectedCells.Length != actualCells.Length) return false;
        int columns = expected.Split('\n')[0].Count(letter => letter == '|');
        return Enumerable.Range(0, expectedCells.Length).All(i => CellsAgree(i % columns, expectedCells[i], actualCells[i]));
    }

    private static bool CellsAgree(int column, string expected, string actual)
    {
        if (NumberPattern().Replace(expected, "") != NumberPattern().Replace(actual, "")) return false;
        return Numbers(expected).Zip(Numbers(actual)).All(pair =>
        {
            double a = Value(pair.First), b = Value(pair.Second), difference = Math.Abs(a - b);
            double slack = column == ChangeColumn ? ChangeRounding : 1.01 * Math.Max(Unit(pair.First), Unit(pair.Second));
            return pair.First == pair.Second || (column == FloatColumn && Math.Max(a, b) < FloatRounding) || difference <= slack;
        });
    }

    private static IEnumerable<string> Numbers(string cell) =>
        NumberPattern().Matches(cell).Select(match => match.Value.TrimEnd('%', ' '));

    private static double Value(string number) => double.Parse(number, NumberStyles.Any, CultureInfo.InvariantCulture);

    // One in the last digit that is printed; whole numbers are counts and exact.
    private static double Unit(string number)
    {
        int exponentAt = number.IndexOf('e', StringComparison.Ordinal);
        string digits = exponentAt < 0 ? number : number[..exponentAt];
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point < 0) return 0;
        int exponent = exponentAt < 0 ? 0 : int.Parse(number[(exponentAt + 1)..], CultureInfo.InvariantCulture);
        return Math.Pow(10, exponent - (digits.Length - point - 1));
    }

    [GeneratedRegex(@"[-+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?(?: %)?")]
    private static partial Regex NumberPattern();
}
