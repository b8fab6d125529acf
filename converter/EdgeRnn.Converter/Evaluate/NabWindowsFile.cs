using System;
using System.Collections.Generic;
using System.Text.Json;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>Reads combined_windows.json: for each series, by its path, a list of [start, end] timestamps.</summary>
public static class NabWindowsFile
{
    /// <summary>The file's name in a data folder.</summary>
    public const string FileName = "combined_windows.json";

    /// <summary>The windows of each series, in the order of the file; a series without anomalies has none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConversionException">Missing, damaged, or windows that are not in order.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<NabTimeWindow>> Read(string path)
    {
        using JsonDocument document = SourceDocument.Read(path);
        SourceValue root = SourceDocument.Root(document, path);
        root.AsObject();
        // Keeps the order of insertion, as nothing is removed; scores do not depend on it.
        Dictionary<string, IReadOnlyList<NabTimeWindow>> windows = [];
        foreach (JsonProperty property in root.Element.EnumerateObject())
            windows.Add(property.Name, Windows(new SourceValue(property.Value, root.File, $"{root.Path}['{property.Name}']")));
        return windows.Count > 0 ? windows : throw root.Fail("expected the windows of a series, found none");
    }

    private static List<NabTimeWindow> Windows(SourceValue list)
    {
        List<NabTimeWindow> windows = [];
        if (list.Element is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 0) return windows;
        foreach (SourceValue item in list.AsList())
        {
            IReadOnlyList<SourceValue> ends = item.AsList();
            if (ends.Count != 2) throw item.Fail($"expected [start, end], found {ends.Count} values");
            NabTimeWindow window = new(Time(ends[0]), Time(ends[1]));
            if (window.End < window.Start) throw item.Fail("ends before it starts; exchange the timestamps");
            if (windows.Count > 0 && window.Start <= windows[^1].End)
                throw item.Fail("starts before the window in front of it has ended; sort and join the windows");
            windows.Add(window);
        }
        return windows;
    }

    private static DateTime Time(SourceValue value) => NabTime.TryParse(value.AsText(), out DateTime time) ? time
        : throw value.Fail($"expected a timestamp {NabTime.Expected}, found {value.Found}");
}
