using System;
using System.Collections.Generic;
using System.Text;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.StateDict;

namespace EdgeRnn.Converter.Tests.Containers;

/// <summary>Damaged files of every container end in a ConversionException or in tensors, within a bounded memory.</summary>
public class ContainerMutationTests
{
    private const int _mutants = 2000;

    /// <summary>The files have a few KB; what is read of them and all zip and JSON machinery stays far below this.</summary>
    private const long _maxAllocatedBytes = 4_000_000;

    private const int _seed = 20260131;

    private static void Check(byte[] valid, Func<byte[], NamedTensors> read)
    {
        read(valid);
        int refused = 0;
        for (int i = 0; i < _mutants; i++)
        {
            byte[] mutant = Mutation.Of(valid, new Random(_seed + i));
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool isRead = false;
            try
            {
                NamedTensors tensors = read(mutant);
                isRead = true;
                StateDictImporter.Import(tensors);
            }
            catch (ConversionException refusal)
            {
                if (!isRead) refused++;
                Assert.False(refusal.Message.Contains('\n', StringComparison.Ordinal), $"seed {_seed + i}: a message of several lines");
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {_seed + i}: {error}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= _maxAllocatedBytes, $"seed {_seed + i}: {allocated} bytes allocated for a file of {mutant.Length}");
        }
        // A mutation that never hurts would prove nothing.
        Assert.True(refused > _mutants / 4, $"only {refused} of {_mutants} mutants were refused");
    }

    [Theory]
    [InlineData("gru_linear.pt")]
    [InlineData("views.pt")]
    public void Damaged_archives_are_refused(string name) => Check(Vectors.Bytes(name), bytes => TorchFile.Parse(bytes, "m.pt"));

    [Theory]
    [InlineData("gru_linear.pt")]
    [InlineData("gru_linear_checkpoint.pt")]
    [InlineData("views.pt")]
    public void Damaged_pickles_in_sound_archives_are_refused(string name)
    {
        Dictionary<string, byte[]> entries = TorchEntries.Unpack(Vectors.Bytes(name));
        string key = name[..^3] + "/data.pkl";
        Check(entries[key], pickle => TorchFile.Parse(TorchEntries.Pack(new(entries) { [key] = pickle }), "m.pt"));
    }

    [Theory]
    [InlineData("gru_linear.safetensors")]
    [InlineData("views.safetensors")]
    public void Damaged_safetensors_are_refused(string name) => Check(Vectors.Bytes(name), bytes => SafetensorsFile.Parse(bytes, "m.safetensors"));

    [Fact]
    public void Damaged_json_is_refused() => Check(
        """
        {"columns": ["a", "b"], "mean": [1, 2], "std": [0.5, 4], "clip": 1e1, "none": null, "in": [null, 3],
        "weights": {"rnn.weight_ih_l0": [[1, 2], [3, 4], [5, 6]], "rnn.weight_hh_l0": {"shape": [3, 1], "data": [[1], [2], [-3.5e-2]]},
        "fc.weight": {"data": [1, 2], "shape": [2, 1]}, "fc.bias": [3, 4]}, "list": [[[1, 2]], [[3], [4]], [5]]}
        """u8.ToArray(), bytes => JsonTensors.Parse(bytes, "m.json"));

    [Theory]
    [InlineData("<f4", 24)]
    [InlineData("<i8", 48)]
    public void Damaged_arrays_are_refused(string type, int elementBytes)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': (3, 2), }}\n");
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[elementBytes]];
        Check(file, bytes =>
        {
            NamedTensors tensors = new("folder");
            tensors.Add("fc.weight", NpyFile.Parse(bytes, "fc.weight.npy"));
            return tensors;
        });
    }
}
