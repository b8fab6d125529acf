using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Converter.Import.Json;

/// <summary>
/// One value of a JSON file together with the place it stands at, so that every complaint can name the file and the JSON path.
/// </summary>
/// <param name="Element">The value.</param>
/// <param name="File">The file's name, for messages.</param>
/// <param name="Path">The JSON path, such as <c>$.layers[2].gateOrder</c>.</param>
internal readonly record struct SourceValue(JsonElement Element, string File, string Path)
{
    /// <summary>The exception for something wrong with this value.</summary>
    /// <param name="message">Expected, found, next step.</param>
    public ConversionException Fail(string message) => new(OneLine($"{File}: {Path}: {message}"));

    /// <summary>Text from a file made safe for a one-line message.</summary>
    public static string Quote(string text) => $"'{SourceText.Show(text)}'";

    /// <summary>The value as an object whose keys are read one by one.</summary>
    public SourceObject AsObject()
    {
        Expect(JsonValueKind.Object, "an object");
        return new SourceObject(this);
    }

    /// <summary>The elements of an array that is not empty.</summary>
    public IReadOnlyList<SourceValue> AsList()
    {
        Expect(JsonValueKind.Array, "an array");
        if (Element.GetArrayLength() == 0) throw Fail("expected at least one element, found none");
        SourceValue[] items = new SourceValue[Element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in Element.EnumerateArray())
        {
            items[index] = new SourceValue(item, File, $"{Path}[{index}]");
            index++;
        }
        return items;
    }

    /// <summary>A text.</summary>
    public string AsText()
    {
        Expect(JsonValueKind.String, "a text");
        return Element.GetString()!;
    }

    /// <summary>True or false.</summary>
    public bool AsFlag()
    {
        if (Element.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw Fail($"expected true or false, found {Found}");
        return Element.GetBoolean();
    }

    /// <summary>A whole number in a range.</summary>
    public int AsInteger(int minimum, int maximum = int.MaxValue)
    {
        Expect(JsonValueKind.Number, "a whole number");
        if (!Element.TryGetInt32(out int value) || value < minimum || value > maximum)
        {
            string range = maximum == int.MaxValue ? $"{minimum} or more" : $"{minimum} to {maximum}";
            throw Fail($"expected a whole number, {range}, found {Found}");
        }
        return value;
    }

    /// <summary>A number that float32 can hold.</summary>
    public float AsNumber()
    {
        Expect(JsonValueKind.Number, "a number");
        float value = (float)Element.GetDouble();
        return float.IsFinite(value) ? value : throw Fail($"expected a number that float32 can hold, found {Found}");
    }

    /// <summary>A finite number in double precision.</summary>
    public double AsDouble()
    {
        Expect(JsonValueKind.Number, "a number");
        double value = Element.GetDouble();
        return double.IsFinite(value) ? value : throw Fail($"expected a finite number, found {Found}");
    }

    /// <summary>One of a fixed set of words.</summary>
    /// <param name="choices">Word to meaning.</param>
    public T AsChoice<T>(IReadOnlyDictionary<string, T> choices)
    {
        string word = AsText();
        return choices.TryGetValue(word, out T? meaning) ? meaning
            : throw Fail($"expected one of {string.Join(", ", choices.Keys)}; found {Quote(word)}");
    }

    /// <summary>The value as a short text for messages.</summary>
    public string Found => Element.ValueKind switch
    {
        JsonValueKind.String => Quote(Element.GetString()!),
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Quote(Element.GetRawText()).Trim('\''),
    };

    private void Expect(JsonValueKind kind, string words)
    {
        if (Element.ValueKind != kind) throw Fail($"expected {words}, found {Found}");
    }

    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;
}
