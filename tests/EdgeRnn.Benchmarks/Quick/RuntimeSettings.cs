using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace EdgeRnn.Benchmarks;

/// <summary>What figures depend on: the kind of machine, and how .NET was told to compile.</summary>
public static class RuntimeSettings
{
    /// <summary>Settings that figures are also taken with, each alone, beside the default.</summary>
    public static IReadOnlyList<string> Others { get; } = ["DOTNET_TieredPGO=0", "DOTNET_TieredCompilation=0"];

    /// <summary>The variables that change what is compiled, or <c>default</c>.</summary>
    public static string Current
    {
        get
        {
            string set = string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>()
                .Where(name => name.StartsWith("DOTNET_Tiered", StringComparison.OrdinalIgnoreCase) ||
                    name.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_TC_", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal).Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}"));
            return set.Length == 0 ? "default" : set;
        }
    }

    /// <summary>The kind of machine, without a name.</summary>
    public static string Machine => $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} cores, " +
        $".NET {Environment.Version}, runtime settings: {Current}";
}
