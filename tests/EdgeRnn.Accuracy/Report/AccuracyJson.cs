using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeRnn.Accuracy.Report;

/// <summary>The results as one JSON document.</summary>
public static class AccuracyJson
{
    // A file that answers NaN is worth a report, too.
    private static readonly JsonSerializerOptions _indented =
        new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Write(string scheme, IEnumerable<TaskResult> results) => JsonSerializer.Serialize(new
    {
        scheme,
        models = results.Select(result => new
        {
            model = result.Model,
            figures = result.Figures.Select(figure => new
            {
                name = figure.Name,
                published = figure.Published,
                ofFloat = figure.Float,
                quantized = figure.Quantized,
                change = figure.Change,
                target = figure.Target?.Text,
                isMet = figure.IsMet,
            }),
        }),
    }, _indented);
}
