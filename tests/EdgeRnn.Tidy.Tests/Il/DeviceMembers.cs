using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// The members outside the project that a device's source may use: those of the contracts of nanoFramework's libraries in hardware/Contracts. A member is
/// added there after a look into those libraries' sources: same name, same parameters. Which libraries an assembly has, its gate project says.
/// </summary>
internal static class DeviceMembers
{
    public static IReadOnlySet<string> Names { get; } = Modules.DeviceContracts
        .SelectMany(module => module.AllTypes())
        .SelectMany(type => type.Methods.Cast<MemberReference>().Concat(type.Fields)).Select(NameOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>A member as it is written in messages: type, name, and the parameters' types without their namespaces.</summary>
    public static string NameOf(MemberReference member)
    {
        string name = $"{member.DeclaringType.FullName}.{member.Name}";
        if (member is not MethodReference method) return name;
        List<string> parameters = [];
        foreach (ParameterDefinition parameter in method.Parameters) parameters.Add(parameter.ParameterType.Name);
        return $"{name}({string.Join(", ", parameters)})";
    }
}
