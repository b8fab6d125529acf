using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Schemes as people write them: f32, w16a16, w8a16, w8a8, w4a16.</summary>
public static class SchemeName
{
    /// <summary>All names, from the most exact to the smallest.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Scheme>().Select(Of)];

    /// <summary>The name of a scheme.</summary>
    public static string Of(Scheme scheme) => scheme.ToString().ToLowerInvariant();

    /// <summary>Reads a name; upper and lower case are different.</summary>
    public static bool TryParse(string name, out Scheme scheme)
    {
        scheme = Enum.GetValues<Scheme>().FirstOrDefault(candidate => Of(candidate) == name);
        return Of(scheme) == name;
    }
}
