using System.IO;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>A report in the form the name of its file asks for.</summary>
public static class ReportFile
{
    /// <summary>
    /// The document: .html is one page without any reference outside, .svg its figures, .json all numbers, .txt text.
    /// </summary>
    /// <param name="report">What to write.</param>
    /// <param name="path">Only its ending is looked at.</param>
    /// <exception cref="ConversionException">The ending is none of these.</exception>
    public static string Render(QuantizationReport report, string path) => EndingOf(path) switch
    {
        ".HTML" => HtmlReport.Write(report),
        ".SVG" => SvgReport.Write(report),
        ".JSON" => JsonReport.Write(report),
        ".TXT" => TextReport.Write(report),
        _ => throw Unknown(path),
    };

    /// <summary>Refuses a name before any work is done for it.</summary>
    /// <param name="path">Where the report is to stand.</param>
    /// <exception cref="ConversionException">The ending is not known.</exception>
    public static void CheckName(string path)
    {
        if (EndingOf(path) is not (".HTML" or ".SVG" or ".JSON" or ".TXT")) throw Unknown(path);
    }

    private static string EndingOf(string path) => Path.GetExtension(path).ToUpperInvariant();

    private static ConversionException Unknown(string path) =>
        new($"{SourceText.Show(path)}: expected the name of a report that ends in .html, .json, .svg or .txt; " +
            "choose one of these");
}
