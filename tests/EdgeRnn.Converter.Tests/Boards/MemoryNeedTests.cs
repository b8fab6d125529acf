extern alias portable;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;
using PortableDetector = portable::EdgeRnn.Runtime.Detector;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSession = portable::EdgeRnn.Runtime.Session;

namespace EdgeRnn.Tests.Boards;

/// <summary>Estimated RAM against the objects of the runtime as a device compiles it.</summary>
public sealed class MemoryNeedTests
{
    // What .NET's classes have beyond a device's: a few fields and empty arrays for each matrix.
    private const double MostAbove = 1.15;
    private const int Slack = 600;

    [Theory]
    [InlineData(Scheme.F32, 0)]
    [InlineData(Scheme.W8A16, 0)]
    [InlineData(Scheme.W8A16, int.MaxValue)]
    [InlineData(Scheme.W4A16, int.MaxValue)]
    [InlineData(Scheme.W16A16, 1_000)]
    public void Model_session_and_detector_are_never_underestimated(Scheme scheme, int maxPairs)
    {
        foreach (int hiddenSize in new[] { 3, 16, 40 })
        {
            byte[] file = SmallModels.Detector(3, hiddenSize, scheme, new DetectorSettings());
            MemoryNeed need = MemoryNeed.Of(file, BoardRuntime.NanoFramework, maxPairs);
            PortableModel model = PortableModel.Load(file, ModelLimits.MaxSessionBytes, maxPairs);
            HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
            AssertNear(Count(model, seen), need.ModelBytes, $"{scheme}, {hiddenSize} units, model");
            AssertNear(Count(new PortableSession(model), [.. seen]), need.SessionBytes, $"{scheme}, {hiddenSize} units, session");
            AssertNear(Count(new PortableDetector(model), [.. seen]), need.SessionBytes + need.DetectorBytes, $"{scheme}, {hiddenSize} units, detector");
            Assert.Equal(model.RowPairBytes, need.RowPairBytes);
        }
    }

    [Fact]
    public void Random_models_are_never_underestimated()
    {
        for (int seed = 0; seed < LongRun.Choose(40, 400); seed++)
        {
            byte[] file = seed % 2 == 0 ? ErnnWriter.Write(RandomIntegers.Create(seed)) : ErnnWriter.Write(RandomGraphs.Create(seed));
            int maxPairs = seed % 3 == 0 ? 0 : int.MaxValue;
            MemoryNeed need = MemoryNeed.Of(file, BoardRuntime.NanoFramework, maxPairs);
            PortableModel model = PortableModel.Load(file, ModelLimits.MaxSessionBytes, maxPairs);
            HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
            AssertNear(Count(model, seen), need.ModelBytes, $"seed {seed}, model");
            AssertNear(Count(new PortableSession(model), seen), need.SessionBytes, $"seed {seed}, session");
        }
    }

    [Fact]
    public void The_file_and_a_self_test_count_while_starting()
    {
        byte[] file = SmallModels.Gru(3, 16, Scheme.W8A16);
        MemoryNeed need = MemoryNeed.Of(file, BoardRuntime.NanoFramework, 0);
        Assert.InRange(need.StartBytes, file.Length + need.SessionBytes, file.Length + need.SessionBytes + need.ModelBytes);
    }

    [Fact]
    public void Pairs_count_four_bytes_a_weight_in_place_of_one()
    {
        byte[] file = SmallModels.Gru(8, 32, Scheme.W8A16);
        MemoryNeed plain = MemoryNeed.Of(file, BoardRuntime.NanoFramework, 0), pairs = MemoryNeed.Of(file, BoardRuntime.NanoFramework, int.MaxValue);
        Assert.Equal(0, plain.RowPairBytes);
        // 96 rows of 8 and 32 columns, 8 rows of 32.
        Assert.Equal(4 * (96 * 40 + 8 * 32), pairs.RowPairBytes);
        Assert.InRange(pairs.ModelBytes - plain.ModelBytes, pairs.RowPairBytes / 4 * 3, pairs.RowPairBytes);
    }

    private static void AssertNear(long counted, long estimated, string what) =>
        Assert.True(estimated >= counted && estimated <= MostAbove * counted + Slack, $"{what}: counted {counted}, estimated {estimated}");

    // Blocks of 12 bytes: an object with its fields, an array with 20 bytes and its elements, a text with 12 and a zero at its end.
    private static long Count(object root, HashSet<object> seen)
    {
        long total = 0;
        Stack<object> pending = new([root]);
        while (pending.TryPop(out object? next))
        {
            if (!seen.Add(next)) continue;
            if (next is string text) total += Blocks(12 + Encoding.UTF8.GetByteCount(text) + 1);
            else if (next is object?[] references)
            {
                total += Blocks(20 + 12 * references.Length);
                foreach (object reference in references.OfType<object>()) pending.Push(reference);
            }
            else if (next is Array array) total += Blocks(20 + Buffer.ByteLength(array));
            else
            {
                total += 12;
                for (Type? type = next.GetType(); type != typeof(object); type = type!.BaseType)
                {
                    foreach (FieldInfo field in type!.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public |
                        BindingFlags.DeclaredOnly))
                    {
                        total += 12;
                        if (!field.FieldType.IsValueType && field.GetValue(next) is { } value) pending.Push(value);
                    }
                }
            }
        }
        return total;
    }

    private static long Blocks(long bytes) => (bytes + 11) / 12 * 12;
}
