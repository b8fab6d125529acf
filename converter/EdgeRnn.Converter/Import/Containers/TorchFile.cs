using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>The tensors of a state_dict saved by PyTorch 1.6 or later (.pt, .pth).</summary>
internal static class TorchFile
{
    /// <summary>Keys under which training loops keep the state_dict in a checkpoint.</summary>
    private static readonly string[] _nestedKeys = ["state_dict", "model_state_dict", "model"];

    /// <summary>The number a file in the format of PyTorch before 1.6 begins with, as a pickle.</summary>
    private static ReadOnlySpan<byte> LegacyMagic =>
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    /// <summary>Whether a file begins like a zip archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    /// <summary>Whether a file begins like a bare pickle, which older versions of PyTorch wrote.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> head) => head.Length > 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5;

    /// <summary>The refusal of a bare pickle, naming the older format where it is that.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <param name="source">Its path.</param>
    public static ConversionException RefusePickle(ReadOnlySpan<byte> head, string source)
    {
        string kind = head.StartsWith(LegacyMagic) ? "the legacy (non-zip) format of PyTorch before 1.6" : "a bare pickle";
        return new ConversionException($"{SourceText.Show(source)}: {kind}, which is not read; load it in PyTorch 1.6 or later and save " +
            "it with torch.save(model.state_dict(), f)");
    }

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <exception cref="ConversionException">Damaged, not a state_dict, or asking to run something.</exception>
    public static NamedTensors Parse(byte[] bytes, string source)
    {
        string where = SourceText.Show(source);
        NamedTensors tensors = new(source) { KeepsModelOrder = true };
        using TorchArchive archive = new(bytes, where);
        if (PickleReader.Read(archive.Pickle(), where) is not PickleDictionary top)
            throw new ConversionException($"{where}: holds no dictionary of tensors; save torch.save(model.state_dict(), f)");
        TorchStorages storages = new(archive, where, bytes.LongLength);
        AddTensors(StateDict(top, tensors, where), tensors, storages, where);
        return tensors;
    }

    /// <summary>The dictionary that holds the weights: the one at the top, or one a checkpoint keeps under a known key.</summary>
    private static PickleDictionary StateDict(PickleDictionary top, NamedTensors tensors, string where)
    {
        List<(string Key, PickleDictionary Value)> nested = [];
        List<string> others = [];
        foreach ((object? key, object? value) in top.Pairs)
        {
            if (key is string name && value is PickleDictionary { HasTensors: true } dictionary) nested.Add((name, dictionary));
            else others.Add(key as string ?? "a key that is no text");
        }
        List<(string Key, PickleDictionary Value)> known = nested.FindAll(entry => _nestedKeys.Contains(entry.Key));
        if (known.Count > 1)
        {
            string keys = SourceText.List([.. known.Select(entry => entry.Key)]);
            throw new ConversionException($"{where}: a checkpoint with several state_dicts ({keys}); save one of them with " +
                "torch.save(model.state_dict(), f)");
        }
        if (known.Count == 1)
        {
            string ignored = others.Count == 0 ? "" : $"; ignored beside it: {SourceText.List(others)}";
            tensors.AddNote($"The weights are those under '{known[0].Key}' of the checkpoint{ignored}.");
            AddScalars(top, tensors);
            return known[0].Value;
        }
        if (!top.HasTensors && nested.Count > 0)
        {
            string keys = SourceText.List([.. nested.Select(entry => entry.Key)]);
            throw new ConversionException($"{where}: tensors under {keys}, expected them at the top or under one of " +
                $"{string.Join(", ", _nestedKeys)}; save torch.save(model.state_dict(), f)");
        }
        return top;
    }

    private static void AddTensors(PickleDictionary stateDict, NamedTensors tensors, TorchStorages storages, string where)
    {
        List<string> ignored = [];
        foreach ((object? key, object? value) in stateDict.Pairs)
        {
            string name = key as string ?? throw new ConversionException(
                $"{where}: a key of the dictionary is no text; save torch.save(model.state_dict(), f)");
            if (value is PickleTensor tensor) tensors.Add(name, storages.Gather(name, tensor));
            else if (Scalar(value) is string text) tensors.AddAttribute(name, text);
            else if (value != null) ignored.Add(name);
        }
        if (tensors.Names.Count == 0)
            throw new ConversionException($"{where}: the dictionary holds no tensor; save torch.save(model.state_dict(), f)");
        if (ignored.Count > 0) tensors.AddNote($"Ignored, because neither tensor nor number: {SourceText.List(ignored)}.");
    }

    private static void AddScalars(PickleDictionary checkpoint, NamedTensors tensors)
    {
        foreach ((object? key, object? value) in checkpoint.Pairs)
        {
            if (key is string name && Scalar(value) is string text) tensors.AddAttribute(name, text);
        }
    }

    private static string? Scalar(object? value) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => null,
    };
}
