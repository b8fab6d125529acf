using System;
using Mono.Cecil;

namespace EdgeRnn.Tests.Il;

/// <summary>What is known about the calls of a <see cref="CallGraph"/> beyond the code itself; a test shows each such fact.</summary>
internal sealed class CallRules
{
    /// <summary>Whether a virtual call in a method (first) may find an object of a type (second).</summary>
    public Func<MethodDefinition, TypeDefinition, bool> MayReceive { get; init; } = (_, _) => true;
}
