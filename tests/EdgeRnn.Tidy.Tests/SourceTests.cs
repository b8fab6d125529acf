using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.House;

namespace EdgeRnn.Tests;

/// <summary>Rules of style that a test can hold. Each is shown to find a planted breach.</summary>
public sealed class SourceTests(ITestOutputHelper output)
{
    private const int MaxConditions = 3; // in the whole project; none in runtime/

    private static IEnumerable<string> Source => SourceTree.Text.Where(file => !file.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> ProductCode => SourceTree.Code.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void Runtime_has_no_conditional_compilation_and_the_rest_at_most_three_lines()
    {
        List<string> found = Breaches(SourceTree.Code, TextRules.Conditions);
        Assert.DoesNotContain(found, breach => breach.StartsWith("runtime/", StringComparison.Ordinal));
        Assert.True(found.Count <= MaxConditions, string.Join('\n', found));
    }

    [Fact]
    public void Nothing_is_left_for_later() => NoBreaches(Source, TextRules.Unfinished);

    [Fact]
    public void No_file_names_a_machine_or_a_package_host() => NoBreaches(SourceTree.Text, TextRules.MachineFacts);

    [Fact]
    public void No_test_is_switched_off() => NoBreaches(SourceTree.Code, TextRules.ConstantSkips);

    [Fact]
    public void Device_APIs_stay_where_they_belong() => NoBreaches(ProductCode, TextRules.DeviceApis);

    [Fact]
    public void Files_are_named_after_a_type_they_declare() => NoBreaches(SourceTree.Code, TextRules.FileName);

    [Fact]
    public void Links_between_pages_lead_somewhere() =>
        NoBreaches(SourceTree.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)), (file, text) => TextRules.DeadLinks(file, text, SourceTree.Exists));

    [Fact]
    public void Files_stay_short()
    {
        foreach (string file in SourceTree.Code)
        {
            int lines = TextRules.LineCount(SourceTree.Read(file));
            if (lines > TextRules.UneasyLines) output.WriteLine($"{lines} lines: {file}");
        }
        NoBreaches(ProductCode, TextRules.Length);
    }

    [Theory]
    [InlineData("x\n  #if DEBUG\n", "a.cs:2: #if")]
    [InlineData("#elif NET10_0", "a.cs:1: #elif")]
    public void Conditional_compilation_is_found(string text, string expected) => Assert.Equal([expected], TextRules.Conditions("a.cs", text));

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    public void Unfinished_work_is_found(string text) => Assert.Single(TextRules.Unfinished("a.cs", text));

    [Theory]
    [InlineData("path = \"/ho" + "me/someone/model.ernn\"")]
    [InlineData("C:" + @"\Models\a")]
    [InlineData("https://api.nuget" + ".org/v3")]
    public void Facts_of_one_machine_are_found(string text) => Assert.Single(TextRules.MachineFacts("a.cs", text));

    [Theory]
    [InlineData("see converter/root/x and http://example.com/home")]
    [InlineData("/usr/share/libonnx-testdata/data/node")]
    public void Ordinary_paths_are_no_fact_of_a_machine(string text) => Assert.Empty(TextRules.MachineFacts("a.cs", text));

    [Fact]
    public void A_test_switched_off_is_found() => Assert.Single(TextRules.ConstantSkips("a.cs", "[Fact(Skip " + "= \"broken\")]"));

    [Fact]
    public void A_device_API_in_the_wrong_place_is_found()
    {
        string text = "using System." + "Device.Gpio;";
        Assert.Single(TextRules.DeviceApis("firmware/EdgeRnn.Firmware/A.cs", text));
        Assert.Empty(TextRules.DeviceApis("firmware/Pi/A.cs", text));
    }

    [Theory]
    [InlineData("x/Model.Net.cs", "public sealed partial class Model\n{", true)]
    [InlineData("x/Pair.cs", "public readonly record struct Pair(int A);", true)]
    [InlineData("x/Model.cs", "public sealed class Models\n{", false)]
    [InlineData("x/Model.cs", "// class Model\nenum Other { }", false)]
    public void A_file_with_a_name_of_its_own_is_found(string file, string text, bool sound) => Assert.Equal(sound, !TextRules.FileName(file, text).Any());

    [Theory]
    [InlineData("[a](b.md)", true)]
    [InlineData("[a](b.md#part) [c](https://example.com/x) [d](#here)", true)]
    [InlineData("[a](../b.md)", false)]
    [InlineData("![picture](missing.svg \"title\")", false)]
    public void A_dead_link_is_found(string text, bool sound) => Assert.Equal(sound, !TextRules.DeadLinks("docs/a.md", text, path => path == "docs/b.md").Any());

    [Fact]
    public void A_file_too_long_is_found() => Assert.Single(TextRules.Length("a.cs", new string('\n', TextRules.MaxLines + 1)));

    private static void NoBreaches(IEnumerable<string> files, Func<string, string, IEnumerable<string>> rule)
    {
        List<string> found = Breaches(files, rule);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static List<string> Breaches(IEnumerable<string> files, Func<string, string, IEnumerable<string>> rule) =>
        [.. files.SelectMany(file => rule(file, SourceTree.Read(file)))];
}
