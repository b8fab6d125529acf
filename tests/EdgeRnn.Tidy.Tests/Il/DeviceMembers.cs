using System;
using System.Collections.Generic;
using Mono.Cecil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// The members outside the project that shared source may use: they exist, with these parameters, in nanoFramework.CoreLibrary 1.17,
/// nanoFramework.System.Math 1.5 and nanoFramework.System.Text 1.3. A member is added here after a look into those libraries' sources.
/// </summary>
internal static class DeviceMembers
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "System.Array.Clear(Array, Int32, Int32)",
        "System.Array.Copy(Array, Array, Int32)",
        "System.Array.Copy(Array, Int32, Array, Int32, Int32)",
        "System.ArgumentException..ctor(String)",
        "System.BitConverter.DoubleToInt64Bits(Double)",
        "System.BitConverter.GetBytes(Int32)",
        "System.BitConverter.ToInt32(Byte[], Int32)",
        "System.BitConverter.ToSingle(Byte[], Int32)",
        "System.Exception..ctor(String)",
        "System.Int32.ToString()",
        "System.Int64.ToString()",
        "System.Math.Exp(Double)",
        "System.Math.Log(Double)",
        "System.Math.Max(Int32, Int32)",
        "System.Math.Min(Int32, Int32)",
        "System.Math.Sqrt(Double)",
        "System.Math.Tanh(Double)",
        "System.Object..ctor()",
        "System.Runtime.CompilerServices.RuntimeHelpers.InitializeArray(Array, RuntimeFieldHandle)",
        "System.Single.ToString()",
        "System.String..ctor(Char[])",
        "System.String.Concat(String, String)",
        "System.String.Concat(String, String, String)",
        "System.String.Concat(String, String, String, String)",
        "System.String.Concat(String[])",
        "System.String.get_Chars(Int32)",
        "System.String.get_Length()",
        "System.String.op_Equality(String, String)",
        "System.String.op_Inequality(String, String)",
        "System.Text.Encoding.GetString(Byte[], Int32, Int32)",
        "System.Text.Encoding.get_UTF8()",
    };

    /// <summary>A member as it is written in the list: type, name, and the parameters' types without their namespaces.</summary>
    public static string NameOf(MemberReference member)
    {
        string name = $"{member.DeclaringType.FullName}.{member.Name}";
        if (member is not MethodReference method) return name;
        List<string> parameters = [];
        foreach (ParameterDefinition parameter in method.Parameters) parameters.Add(parameter.ParameterType.Name);
        return $"{name}({string.Join(", ", parameters)})";
    }
}
