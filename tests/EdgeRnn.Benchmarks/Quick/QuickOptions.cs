using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>What was typed behind <c>quick</c> and its like.</summary>
public sealed class QuickOptions
{
    private readonly List<string> _cells = [];
    private readonly List<Scheme> _schemes = [];
    private readonly List<(int Input, int Hidden)> _shapes = [];

    /// <summary>One JSON document instead of tables.</summary>
    public bool Json { get; private set; }

    /// <summary>Wrong figures at once, for ./check.</summary>
    public bool Smoke { get; private set; }

    /// <summary>Also under <see cref="RuntimeSettings.Others"/>.</summary>
    public bool Best { get; private set; }

    /// <summary>Whether no rows were picked.</summary>
    public bool IsWhole => _cells.Count + _schemes.Count + _shapes.Count == 0;

    /// <summary>The rows that were asked for.</summary>
    public IReadOnlyList<BenchmarkCase> Cases => [.. BenchmarkCase.All.Where(network =>
        (_cells.Count == 0 || _cells.Contains(network.Cell)) && (_schemes.Count == 0 || _schemes.Contains(network.Scheme)) &&
        (_shapes.Count == 0 || _shapes.Contains((network.InputSize, network.HiddenSize))))];

    /// <summary>The arguments that pick the same rows.</summary>
    public IReadOnlyList<string> Picked => [.. _cells.SelectMany(cell => new[] { "--cell", cell }),
        .. _schemes.SelectMany(scheme => new[] { "--scheme", SchemeName.Of(scheme) }),
        .. _shapes.SelectMany(shape => new[] { "--shape", NameOf(shape) })];

    /// <summary>Reads arguments.</summary>
    /// <exception cref="ArgumentException">One line on what is wrong.</exception>
    public static QuickOptions Parse(IReadOnlyList<string> arguments)
    {
        QuickOptions options = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            switch (name)
            {
                case "--json": options.Json = true; break;
                case "--smoke": options.Smoke = true; break;
                case "--best": options.Best = true; break;
                case "--cell": options._cells.Add(OneOf(name, Value(), BenchmarkCase.Cells)); break;
                case "--scheme":
                    string[] schemes = [.. BenchmarkCase.Schemes.Select(SchemeName.Of)];
                    options._schemes.Add(BenchmarkCase.Schemes[Array.IndexOf(schemes, OneOf(name, Value(), schemes))]);
                    break;
                case "--shape":
                    string[] shapes = [.. BenchmarkCase.Shapes.Select(NameOf)];
                    options._shapes.Add(BenchmarkCase.Shapes[Array.IndexOf(shapes, OneOf(name, Value(), shapes))]);
                    break;
                default:
                    throw new ArgumentException($"{name} is not an option of quick, expected --json, --smoke, --best, --cell, --scheme or --shape");
            }

            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{name}: its value is missing");
        }
        return options;
    }

    private static string NameOf((int Input, int Hidden) shape) => string.Create(CultureInfo.InvariantCulture, $"{shape.Input},{shape.Hidden}");

    private static string OneOf(string name, string value, IReadOnlyList<string> expected) => expected.Contains(value) ? value
        : throw new ArgumentException($"{name} {value}: expected one of {string.Join("; ", expected)}");
}
