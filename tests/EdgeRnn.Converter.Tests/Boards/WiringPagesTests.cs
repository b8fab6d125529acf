using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Converter.Boards.Wiring;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Boards;

public sealed class WiringPagesTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "hardware", "wiring");
    private static readonly BoardCatalog _catalog = BoardCatalog.Load(Path.Combine(Repository.Root, "hardware", "boards"));
    private static readonly WiringBook _book = WiringBook.Load(Path.Combine(_folder, "wiring.json"));

    private static readonly (string Path, string Content)[] _files = [.. WiringFolder.Files(_catalog, _book)];

    [Fact]
    public void Pages_and_pictures_are_what_the_data_give()
    {
        Dictionary<string, string> expected = _files.ToDictionary(file => file.Path, file => file.Content);
        Dictionary<string, string> found = Directory.GetDirectories(_folder).SelectMany(Directory.GetFiles)
            .ToDictionary(file => Path.GetRelativePath(_folder, file).Replace('\\', '/'), File.ReadAllText);
        string[] stale =
            [.. expected.Keys.Union(found.Keys).Where(path => expected.GetValueOrDefault(path) != found.GetValueOrDefault(path))];
        Assert.True(stale.Length == 0,
            $"{string.Join(", ", stale.Take(5))}: write them again with `edgernn wiring --all -o hardware/wiring`");
    }

    [Fact]
    public void Index_links_every_page()
    {
        string index = File.ReadAllText(Path.Combine(_folder, "README.md"));
        foreach ((string path, _) in _files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)))
            Assert.Contains($"]({path})", index, StringComparison.Ordinal);
    }

    // Text over text or outside the picture would be seen by nobody who runs tests; letters are at most 0.7 of their height wide.
    [Fact]
    public void Pictures_are_well_formed_and_hold_their_texts()
    {
        foreach ((string path, string content) in _files.Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)))
        {
            XElement svg = XDocument.Parse(content).Root!;
            int width = (int)svg.Attribute("width")!, height = (int)svg.Attribute("height")!;
            foreach (XElement text in svg.Descendants().Where(element => element.Name.LocalName == "text"))
            {
                int x = (int)text.Attribute("x")!, y = (int)text.Attribute("y")!;
                bool isEnd = $"{text.Attribute("class")?.Value} {text.Parent?.Attribute("class")?.Value}".Split(' ').Contains("e");
                bool isTitle = text.Attribute("class")?.Value == "t";
                double length = text.Value.Length * (isTitle ? 17 : 11) * 0.6;
                Assert.True(isEnd ? x - length > 0 : x + length < width + 40, $"{path}: '{text.Value}' leaves the picture");
                Assert.InRange(y, 1, height);
            }
        }
    }

    [Fact]
    public void Wires_do_not_cover_each_other()
    {
        foreach ((string name, string content) in _files.Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)))
        {
            IEnumerable<XElement> shapes = XDocument.Parse(content).Root!.Elements();
            string[] paths =
                [.. shapes.Where(shape => shape.Attribute("class")?.Value == "l").Select(wire => wire.Attribute("d")!.Value)];
            string[] lanes = [.. paths.Select(path => path[1..path.IndexOf(' ', StringComparison.Ordinal)])];
            Assert.True(lanes.Length == lanes.Distinct().Count(), $"{name}: two wires in one lane");
            // After the lane come the pieces from the board and to the parts, each at a height of its own: "M403 132H410".
            string[] heights = [.. paths.SelectMany(path => path.Split('M').Skip(2).Select(piece => piece.Split(' ')[1].Split('H')[0]))];
            Assert.True(heights.Length == heights.Distinct().Count(), $"{name}: two wires at one height");
        }
    }

    [Theory]
    [InlineData("\"sda\"", "\"sdaa\"", "no wiring data")]
    [InlineData("\"milliamps\": 5,", "\"milliamp\": 5,", "no wiring data")]
    [InlineData("\"address\": 104", "\"address\": 3", "mpu6050: address: expected 8 to 119, found 3")]
    [InlineData("\"mostMillivolts\": 3600", "\"mostMillivolts\": 600", "bme280: mostMillivolts is below leastMillivolts")]
    [InlineData("\"parts\": [\"pir\"", "\"parts\": [\"radar\"", "motion-pir: there is no part 'radar'")]
    [InlineData("\"id\": \"relay\"", "\"id\": \"light\"", "'light' stands there twice")]
    [InlineData("\"name\": \"SCL\"", "\"name\": \"SDA\"", "two terminals have one name")]
    [InlineData("\"id\": \"motion-pir\"", "\"id\": \"Motion\"", "'Motion': an example's name is")]
    public void Data_with_one_thing_wrong_are_refused_in_one_line(string right, string wrong, string message)
    {
        string text = File.ReadAllText(Path.Combine(_folder, "wiring.json"));
        int at = text.IndexOf(right, StringComparison.Ordinal);
        string broken = text[..at] + wrong + text[(at + right.Length)..];
        ConversionException error = Assert.Throws<ConversionException>(() => WiringBook.Read(broken, "wiring.json"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
