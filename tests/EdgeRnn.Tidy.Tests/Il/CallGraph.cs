using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// All methods of one module that a call may reach: direct calls, what each concrete type runs for a virtual call, and the static
/// constructors of the types touched. Methods named Throw* are the end of a path: they run once, when a caller made a mistake.
/// </summary>
internal sealed class CallGraph
{
    private readonly ModuleDefinition _module;
    private readonly CallRules _rules;
    private readonly List<TypeDefinition> _concreteTypes;
    private readonly Dictionary<MethodDefinition, List<MethodDefinition>> _calls = [];
    private readonly SortedSet<string> _coldHelpers = new(StringComparer.Ordinal);

    public CallGraph(params MethodDefinition[] roots) : this(new CallRules(), roots)
    {
    }

    /// <param name="rules">What is known about the calls beyond the code itself.</param>
    /// <param name="roots">The methods called first.</param>
    public CallGraph(CallRules rules, params MethodDefinition[] roots)
    {
        _module = roots[0].Module;
        _rules = rules;
        _concreteTypes = [.. _module.AllTypes().Where(type => !type.IsAbstract && !type.IsInterface)];
        Stack<MethodDefinition> pending = new(roots);
        while (pending.TryPop(out MethodDefinition? method))
        {
            if (_calls.ContainsKey(method)) continue;
            List<MethodDefinition> targets = [.. method.Body.Instructions.SelectMany(instruction => Targets(method, instruction)).Distinct()];
            _calls.Add(method, targets);
            foreach (MethodDefinition target in targets) pending.Push(target);
        }
    }

    /// <summary>Every method reached, the roots included.</summary>
    public IReadOnlyCollection<MethodDefinition> Methods => _calls.Keys;

    /// <summary>The Throw* methods at which paths end.</summary>
    public IReadOnlyCollection<string> ColdHelpers => _coldHelpers;

    /// <summary>The methods of one cycle of calls, or nothing where no method can reach itself.</summary>
    public IEnumerable<string> FindRecursion()
    {
        HashSet<MethodDefinition> finished = [];
        List<MethodDefinition> path = [];
        foreach (MethodDefinition method in _calls.Keys)
        {
            if (Cycles(method, path, finished)) return path.Select(Name);
        }
        return [];
    }

    /// <summary>A method as the messages write it.</summary>
    public static string Name(MethodDefinition method) => $"{method.DeclaringType.Name}.{method.Name}";

    private bool Cycles(MethodDefinition method, List<MethodDefinition> path, HashSet<MethodDefinition> finished)
    {
        if (path.Contains(method))
        {
            path.Add(method);
            return true;
        }
        if (finished.Contains(method)) return false;
        path.Add(method);
        foreach (MethodDefinition target in _calls[method])
        {
            if (Cycles(target, path, finished)) return true;
        }
        path.RemoveAt(path.Count - 1);
        finished.Add(method);
        return false;
    }

    private IEnumerable<MethodDefinition> Targets(MethodDefinition caller, Instruction instruction)
    {
        TypeDefinition? owner = (instruction.Operand as MemberReference)?.DeclaringType?.Resolve();
        if (owner == null || owner.Module != _module) yield break;
        if (InitialiserRunBy(instruction, owner) is MethodDefinition initialiser) yield return initialiser;
        if (instruction.Operand is not MethodReference reference || reference.Resolve() is not MethodDefinition called) yield break;
        if (called.Name.StartsWith("Throw", StringComparison.Ordinal))
        {
            _coldHelpers.Add(Name(called));
            yield break;
        }
        if (!called.IsVirtual || instruction.OpCode.Code == Code.Call)
        {
            if (called.HasBody) yield return called;
            yield break;
        }
        foreach (TypeDefinition receiver in _concreteTypes)
        {
            if (!IsKindOf(receiver, called.DeclaringType) || !_rules.MayReceive(caller, receiver)) continue;
            if (WhatRuns(receiver, called) is MethodDefinition target) yield return target;
        }
    }

    // The body a virtual call runs on an object of exactly this type.
    private static MethodDefinition? WhatRuns(TypeDefinition receiver, MethodDefinition called)
    {
        string signature = Signature(called);
        for (TypeDefinition? at = receiver; at != null; at = at.BaseType?.Resolve())
        {
            MethodDefinition? found = at.Methods.FirstOrDefault(method => method.IsVirtual && method.HasBody &&
                (Signature(method) == signature || FillsIn(method, called) || method.Overrides.Any(overridden => overridden.Resolve() == called)));
            if (found != null) return found.Module == called.Module ? found : null;
        }
        return null;
    }

    // A type without a written static constructor is initialised by access to its static fields alone.
    private static MethodDefinition? InitialiserRunBy(Instruction instruction, TypeDefinition owner)
    {
        bool field = instruction.OpCode.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld;
        bool member = instruction.OpCode.Code is Code.Call or Code.Newobj;
        if (!field && !(member && !owner.IsBeforeFieldInit)) return null;
        return owner.Methods.FirstOrDefault(method => method.IsConstructor && method.IsStatic);
    }

    private static bool IsKindOf(TypeDefinition type, TypeDefinition ancestor)
    {
        for (TypeDefinition? at = type; at != null; at = at.BaseType?.Resolve())
        {
            if (at == ancestor) return true;
            if (ancestor.IsInterface && at.Interfaces.Any(implemented => implemented.InterfaceType.Resolve() == ancestor)) return true;
        }
        return false;
    }

    // A method of a generic interface: its parameters have other names where a type implements it. Too many rather than too few.
    private static bool FillsIn(MethodDefinition method, MethodDefinition called) =>
        called.DeclaringType.HasGenericParameters && method.Name == called.Name && method.Parameters.Count == called.Parameters.Count;

    private static string Signature(MethodDefinition method) =>
        $"{method.Name}({string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName))})";
}
