using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Containers;

public class TorchFileTests
{
    private const string _remedy = "torch.save(model.state_dict(), f)";

    /// <summary>The valid file of the tests that change one thing.</summary>
    private static readonly byte[] _valid = Vectors.Bytes("gru_linear.pt");

    private static string Refusal(byte[] bytes) => Assert.Throws<ConversionException>(() => TorchFile.Parse(bytes, "m.pt")).Message;

    private static string FileRefusal(string name)
    {
        string path = Vectors.Path(name);
        string message = Assert.Throws<ConversionException>(() => TensorContainer.Read(path)).Message;
        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message[(path.Length + 2)..];
    }

    /// <summary>The valid file with its entries changed and packed again.</summary>
    private static byte[] Repack(Action<Dictionary<string, byte[]>> change, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        Dictionary<string, byte[]> entries = TorchEntries.Unpack(_valid);
        change(entries);
        return TorchEntries.Pack(entries, compression);
    }

    /// <summary>The valid file with the first place where its pickle has these bytes holding others.</summary>
    private static byte[] WithPickle(ReadOnlySpan<byte> right, ReadOnlySpan<byte> wrong)
    {
        byte[] from = right.ToArray(), to = wrong.ToArray();
        return Repack(entries =>
        {
            byte[] pickle = entries["gru_linear/data.pkl"];
            int at = pickle.AsSpan().IndexOf(from);
            Assert.True(at >= 0, "the valid pickle does not hold what the test replaces");
            entries["gru_linear/data.pkl"] = [.. pickle[..at], .. to, .. pickle[(at + from.Length)..]];
        });
    }

    [Fact]
    public void A_state_dict_is_read_in_file_order()
    {
        NamedTensors tensors = Vectors.Tensors("gru_linear.pt");
        Assert.Equal(["rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0", "head.weight", "head.bias"], tensors.Names);
        Assert.Equal([12, 3], tensors["rnn.weight_ih_l0"].Shape);
        Assert.Empty(tensors.Notes);
        Assert.Equal(tensors["head.weight"].Data, TorchFile.Parse(Repack(_ => { }), "m.pt")["head.weight"].Data);
    }

    [Theory]
    [InlineData("views.pt")]
    [InlineData("views.safetensors")]
    public void Every_type_and_every_kind_of_view_has_the_values_pytorch_shows(string file)
    {
        NamedTensors found = Vectors.Tensors(file), known = Vectors.Tensors("views.json");
        Assert.Equal(17, found.Names.Count);
        foreach (string name in known.Names)
        {
            Assert.Equal(known[name].Shape, found[name].Shape);
            Assert.Equal(known[name].Data, found[name].Data);
        }
        Assert.Equal([0, 3], found["empty"].Shape);
    }

    [Fact]
    public void A_checkpoint_gives_the_state_dict_inside_it()
    {
        NamedTensors checkpoint = Vectors.Tensors("gru_linear_checkpoint.pt"), plain = Vectors.Tensors("gru_linear.pt");
        Assert.Equal(plain.Names, checkpoint.Names);
        foreach (string name in plain.Names) Assert.Equal(plain[name].Data, checkpoint[name].Data);
        Assert.Equal("3", checkpoint.Attributes["epoch"]);
        Assert.Equal(["The weights are those under 'model_state_dict' of the checkpoint; ignored beside it: epoch, lr, optimizer."], checkpoint.Notes);
    }

    [Fact]
    public void The_legacy_format_is_refused_by_name() => Assert.Equal(
        $"the legacy (non-zip) format of PyTorch before 1.6, which is not read; load it in PyTorch 1.6 or later and save it with {_remedy}",
        FileRefusal("legacy.pt"));

    [Fact]
    public void A_pickled_module_is_refused_by_name()
    {
        string end = $"whose code would have to run; save only its weights: {_remedy}";
        Assert.Equal($"holds a whole Python object (__main__.Recurrent), {end}", FileRefusal("module.pt"));
        Assert.Equal($"holds a whole Python object (torch.nn.modules.linear.Linear), {end}", FileRefusal("torch_module.pt"));
    }

    [Fact]
    public void A_torchscript_archive_is_refused_by_name() => Assert.Equal(
        $"a TorchScript archive (torch.jit.save), which is a program; save the weights with {_remedy}", FileRefusal("torchscript.pt"));

    [Fact]
    public void A_pickle_that_asks_to_run_a_command_is_refused_by_the_name_of_the_command() => Assert.Equal(
        $"asks to run posix.system; nothing in a file is run: save only weights with {_remedy}", FileRefusal("hostile.pt"));

    [Fact]
    public void A_foreign_name_that_is_not_even_called_is_refused() => Assert.Equal(
        $"m.pt: names collections.Counter, which is no part of a state_dict; nothing in a file is run: save only weights with {_remedy}",
        Refusal(WithPickle("}q"u8, "ccollections\nCounter\n0}q"u8)));

    [Fact]
    public void A_compressed_archive_is_refused() => Assert.Contains(
        "gru_linear/data.pkl is compressed, torch.save stores without compression", Refusal(Repack(_ => { }, CompressionLevel.Optimal)),
        StringComparison.Ordinal);

    [Fact]
    public void A_big_endian_archive_is_refused()
    {
        Assert.NotNull(TorchFile.Parse(Repack(entries => entries["gru_linear/byteorder"] = [.. "little"u8]), "m.pt"));
        Assert.Equal("m.pt: byte order big, expected little; save it on a little-endian machine",
            Refusal(Repack(entries => entries["gru_linear/byteorder"] = [.. "big"u8])));
    }

    [Fact]
    public void A_missing_short_or_damaged_storage_is_refused()
    {
        Assert.Contains("the archive has no entry gru_linear/data/2", Refusal(Repack(entries => entries.Remove("gru_linear/data/2"))),
            StringComparison.Ordinal);
        Assert.Contains("gru_linear/data/2 has 44 bytes, expected 48",
            Refusal(Repack(entries => entries["gru_linear/data/2"] = new byte[44])), StringComparison.Ordinal);
        byte[] damaged = [.. _valid];
        using ZipArchive archive = new(new MemoryStream(_valid));
        byte[] storage = new byte[48];
        archive.GetEntry("gru_linear/data/2")!.Open().ReadExactly(storage);
        damaged[_valid.AsSpan().IndexOf(storage)] ^= 1;
        Assert.Contains("gru_linear/data/2 is damaged, its checksum is wrong", Refusal(damaged), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_countless_entries_is_refused_before_it_is_opened()
    {
        byte[] directory = [.. Enumerable.Repeat("PK\u0001\u0002"u8.ToArray(), 70_000).SelectMany(signature => signature)];
        Assert.Contains("more than 65552 entries in the archive", Refusal([.. directory, .. _valid]), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_zip_archive_is_refused() => Assert.Contains(
        "a zip archive without data.pkl, so not a PyTorch file; it holds ", Refusal(Repack(entries => entries.Remove("gru_linear/data.pkl"))),
        StringComparison.Ordinal);

    [Fact]
    public void Two_pickles_in_one_archive_are_refused() => Assert.Contains(
        "two data.pkl in one archive", Refusal(Repack(entries => entries["b/data.pkl"] = entries["gru_linear/data.pkl"])), StringComparison.Ordinal);

    /// <summary>Opcodes as characters: K n is a small number, \u0086 a tuple of two, Q a storage, b the end of _metadata, . the end.</summary>
    [Theory]
    [InlineData("\u0080\u0002", "\u0080\u0004", "pickle protocol 4, expected 2")]
    [InlineData("torch\nFloatStorage", "torch\nQInt8Storage", "element type QInt8Storage is not read")]
    [InlineData("\0\0\0storage", "\0\0\0stowage", "a persistent id other than ('storage', type, key, location, count)")]
    [InlineData("head.bias", "head\u00ffbias", "a text that is not UTF-8")]
    [InlineData("K\u000cK\u0003\u0086", "K\u000cK\u0004\u0086", "shape [12, 4] with strides [3, 1] from element 0 does not fit a storage of 36")]
    [InlineData("K\u0003K\u0001\u0086", "K\u0004K\u0001\u0086", "shape [12, 3] with strides [4, 1] from element 0 does not fit")]
    [InlineData("K\u0003K\u0001\u0086", "J\u00ff\u00ff\u00ff\u00ffK\u0001\u0086", "with strides [-1, 1]")]
    [InlineData("QK\0K\u000c", "QK\u0001K\u000c", "from element 1 does not fit")]
    [InlineData("\u0089h", "\u0089B", "opcode 0x42, which a state_dict saved by torch.save does not use")]
    [InlineData("h\u0003", "h\u00f0", "a reference to value 240, which does not exist")]
    [InlineData("b.", "bN.", "values left over")]
    [InlineData("b.", "b.\0", "bytes behind its end")]
    [InlineData("b.", "b", "0 bytes left where 1 are needed")]
    [InlineData("ccollections\nOrderedDict", "cbuiltins\neval", "asks to run builtins.eval")]
    public void A_pickle_with_one_thing_wrong_is_refused(string right, string wrong, string message) =>
        Assert.Contains(message, Refusal(WithPickle(Encoding.Latin1.GetBytes(right), Encoding.Latin1.GetBytes(wrong))), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_is_set_twice_keeps_the_last_value_as_in_python()
    {
        NamedTensors tensors = TorchFile.Parse(WithPickle("X\u0009\0\0\0head.bias"u8, "X\u000b\0\0\0head.weight"u8), "m.pt");
        Assert.Equal([2], tensors["head.weight"].Shape);
        Assert.Equal(5, tensors.Names.Count);
    }

    [Fact]
    public void A_small_storage_cannot_become_a_huge_tensor()
    {
        byte[] huge = WithPickle("K\u000cK\u0003"u8, "J\0\0\0\u0040K\u0003"u8);
        Assert.Contains("is not that of a tensor with at most", Refusal(huge), StringComparison.Ordinal);
        // An expanded tensor: a million views of one element.
        byte[] expanded = WithPickle("K\u000cK\u0003"u8, "J\0\0\u0010\0K\u0003"u8);
        Assert.Contains("does not fit a storage of 36 elements", Refusal(expanded), StringComparison.Ordinal);
    }

    /// <summary>A pickle may name a value many times, so whatever is done per mention must not depend on the size of the value.</summary>
    [Fact]
    public void A_small_pickle_that_repeats_a_large_value_is_refused_without_delay()
    {
        const int repeated = 100_000;
        using MemoryStream pickle = new();
        pickle.Write([0x80, 2, (byte)'}', (byte)'(']);
        for (int i = 0; i < repeated; i++) pickle.Write("K\u0001"u8);
        // The tuple of ones becomes shape and strides of every tensor.
        pickle.Write("tq\u0001"u8);
        pickle.Write("0ctorch._utils\n_rebuild_tensor_v2\nq\u00020(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0001tQq\u00030"u8);
        for (int i = 0; i < repeated; i++) pickle.Write("h\u0002(h\u0003K\0h\u0001h\u0001NNtR0"u8);
        pickle.Write("."u8);
        byte[] file = Repack(entries => entries["gru_linear/data.pkl"] = pickle.ToArray());
        Assert.Contains("arguments of torch._utils._rebuild_tensor_v2 that are not as torch.save writes them", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_the_exporter_hold_what_their_onnx_twins_hold()
    {
        foreach (string pt in Directory.GetFiles(SharedData.Path("conformance/pytorch-export"), "state_dict.pt", SearchOption.AllDirectories))
        {
            NamedTensors tensors = TensorContainer.Read(pt);
            byte[] onnx = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(pt)!, "model.onnx"));
            // The exporter reorders gates, but the linear layer and the first row of every block stand in the file as they are.
            foreach (string name in tensors.Names)
            {
                float[] row = tensors[name].Data[..(tensors[name].Rank == 2 ? tensors[name].Shape[1] : 1)];
                byte[] raw = row.SelectMany(BitConverter.GetBytes).ToArray();
                Assert.True(onnx.AsSpan().IndexOf(raw) >= 0 || name == "head.weight", $"{pt}: {name}");
            }
        }
    }

    [Fact]
    public void Trained_models_have_the_weights_their_json_twins_have()
    {
        int compared = 0;
        foreach (string folder in new[] { "models/skab-gru16", "models/skab-lstm16", "models/nab-machine-temp-gru16" })
        {
            foreach (string pt in Directory.GetFiles(SharedData.Path(folder), "*.pt"))
            {
                NamedTensors torch = TensorContainer.Read(pt), json = TensorContainer.Read(Path.ChangeExtension(pt, ".json"));
                foreach (string name in torch.Names) Assert.Equal(json[$"weights.{name}"].Data, torch[name].Data);
                compared++;
            }
        }
        Assert.Equal(35, compared);
    }
}
