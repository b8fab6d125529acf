using System.Linq;
using System.Xml;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>Texts from files as XML can hold them.</summary>
internal static class XmlText
{
    /// <summary>The text with a question mark for every character that XML has no place for.</summary>
    public static string Clean(string text) => string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) ? letter : '?'));
}
