using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeRnn.Tests.Boards;

/// <summary>
/// The runtime's shared source as a device compiles it, with a counter in every stretch of code: what a run adds up to is what an
/// interpreter would have executed. In operations of average cost; a call or a field weighs as much more as nanoFramework's interpreter
/// was measured to take for it.
/// </summary>
internal static class CountedRuntime
{
    // Instructions of the interpreter, by kind of operation.
    private const long _operation = 47, _call = 490, _virtualCall = 620, _field = 185, _staticField = 143;

    // Math.Exp and its like in software, a guess on the safe side; copying arrays costs little for each element.
    private const long _function = 2_500;

    private static readonly Lazy<Assembly> _assembly = new(Load);
    private static readonly Lazy<FieldInfo> _counter = new(() => _assembly.Value.GetType("Counter")!.GetField("Instructions")!);

    /// <summary>Loads a model as a device does, with rows in pairs as far as allowed.</summary>
    public static object Model(byte[] file, int maxRowPairBytes) =>
        Type("Model").GetMethod("Load", [typeof(byte[]), typeof(int), typeof(int)])!.Invoke(null, [file, int.MaxValue, maxRowPairBytes])!;

    /// <summary>A session's Step.</summary>
    public static Func<float[], int, float[], int, int> Step(object model) => Type("Session").GetMethod("Step")!
        .CreateDelegate<Func<float[], int, float[], int, int>>(Activator.CreateInstance(Type("Session"), model));

    /// <summary>A detector's Step.</summary>
    public static Func<float[], int, int> DetectorStep(object model)
    {
        object detector = Activator.CreateInstance(Type("Detector"), model)!;
        return Type("Detector").GetMethod("Step", [typeof(float[]), typeof(int)])!.CreateDelegate<Func<float[], int, int>>(detector);
    }

    /// <summary>Operations of one product of integers.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="inPairs">Whether rows are in pairs.</param>
    public static double Product(int rows, int columns, bool inPairs)
    {
        int[] mantissas = [.. Enumerable.Repeat(1 << 23, rows)], shifts = [.. Enumerable.Repeat(40, rows)];
        Array blocks = Array.CreateInstance(Type("QuantizedBlock"), 1);
        blocks.SetValue(Activator.CreateInstance(Type("QuantizedBlock"), 0, columns, new sbyte[rows * columns], mantissas, shifts), 0);
        object packing = Activator.CreateInstance(Type("WeightPacking"), inPairs ? int.MaxValue : 0)!;
        object matrix = Activator.CreateInstance(Type("QuantizedMatrix"), blocks, 0, rows, false, packing, false)!;
        Action<int[], int, int, int> product = matrix.GetType().GetMethod("AddProduct")!.CreateDelegate<Action<int[], int, int, int>>(matrix);
        int[] memory = new int[2 * (columns + rows) + 32];
        return Operations(() => product(memory, 0, columns, columns + rows));
    }

    /// <summary>Operations that an action takes.</summary>
    public static double Operations(Action action)
    {
        _counter.Value.SetValue(null, 0L);
        action();
        return (long)_counter.Value.GetValue(null)! / (double)_operation;
    }

    private static Type Type(string name) => _assembly.Value.GetType("EdgeRnn.Runtime." + name, throwOnError: true)!;

    private static Assembly Load()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "EdgeRnn.Runtime.Portable.dll"));
        TypeDefinition counter = new("", "Counter", Mono.Cecil.TypeAttributes.Public, module.TypeSystem.Object);
        FieldDefinition field = new("Instructions", Mono.Cecil.FieldAttributes.Public | Mono.Cecil.FieldAttributes.Static, module.TypeSystem.Int64);
        counter.Fields.Add(field);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
            Count(method.Body, field);
        module.Types.Add(counter);
        using MemoryStream stream = new();
        module.Write(stream);
        stream.Position = 0;
        // Apart from the same assembly as others use it.
        return new AssemblyLoadContext(nameof(CountedRuntime)).LoadFromStream(stream);
    }

    private static void Count(Mono.Cecil.Cil.MethodBody body, FieldDefinition counter)
    {
        Mono.Cecil.Rocks.MethodBodyRocks.SimplifyMacros(body);
        List<Instruction> code = [.. body.Instructions];
        HashSet<Instruction> leaders = [.. code.SelectMany(Targets), .. code.Where(EndsStretch).Select(end => end.Next).OfType<Instruction>()];
        leaders.Add(code[0]);
        Dictionary<Instruction, Instruction> entries = [];
        ILProcessor writer = body.GetILProcessor();
        for (int at = 0; at < code.Count;)
        {
            int end = at + 1;
            while (end < code.Count && !leaders.Contains(code[end])) end++;
            Instruction entry = writer.Create(OpCodes.Ldsfld, counter);
            writer.InsertBefore(code[at], entry);
            writer.InsertBefore(code[at], writer.Create(OpCodes.Ldc_I8, code[at..end].Sum(Weight)));
            writer.InsertBefore(code[at], writer.Create(OpCodes.Add));
            writer.InsertBefore(code[at], writer.Create(OpCodes.Stsfld, counter));
            entries.Add(code[at], entry);
            at = end;
        }
        foreach (Instruction instruction in code)
        {
            if (instruction.Operand is Instruction target) instruction.Operand = entries[target];
            else if (instruction.Operand is Instruction[] targets) instruction.Operand = Array.ConvertAll(targets, one => entries[one]);
        }
    }

    private static IEnumerable<Instruction> Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    private static bool EndsStretch(Instruction instruction) =>
        instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;

    private static bool IsFunction(Instruction call) => ((MethodReference)call.Operand).DeclaringType.FullName == "System.Math" &&
        ((MethodReference)call.Operand).ReturnType.MetadataType == MetadataType.Double;

    private static long Weight(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Nop => 0,
        Code.Call => IsFunction(instruction) ? _function : _call,
        Code.Callvirt => ((MethodReference)instruction.Operand).Resolve().IsVirtual ? _virtualCall : _call,
        Code.Ldfld or Code.Stfld or Code.Ldflda => _field,
        Code.Ldsfld or Code.Stsfld => _staticField,
        _ => _operation,
    };
}
