using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace EdgeRnn.Tests;

/// <summary>A number in a file: where it lies and how wide it is.</summary>
internal readonly record struct Field(string Name, int Offset, int Bytes);

/// <summary>
/// Every field of a valid .ernn file by name, such as <c>gru.outputSize</c> or <c>WIND.hop</c>, so that tests can change one and
/// only one. Layers go by their names, their parts by position.
/// </summary>
internal sealed class FieldMap
{
    private const int HeaderBytes = 64, SectionHeaderBytes = 16;

    private readonly byte[] _file;
    private readonly List<Field> _fields = [];
    private int _at;

    private FieldMap(byte[] file) => _file = file;

    public IReadOnlyList<Field> Fields => _fields;

    /// <summary>A field by its name; <c>gru@2.scale0</c> is that field of the gru's tensor 2, counted in its record.</summary>
    public Field this[string name]
    {
        get
        {
            int at = name.IndexOf('@', StringComparison.Ordinal), dot = name.IndexOf('.', StringComparison.Ordinal);
            if (at > 0) name = $"tensor{Value(this[$"{name[..at]}.tensor{name[(at + 1)..dot]}.index"])}{name[dot..]}";
            return _fields.Find(field => field.Name == name) is { Bytes: > 0 } found ? found : throw new ArgumentException($"the file has no field {name}");
        }
    }

    public static FieldMap Of(byte[] file)
    {
        FieldMap map = new(file);
        map.Walk();
        return map;
    }

    private void Walk()
    {
        Add("magic", 4);
        foreach (string name in new[] { "formatVersion", "arithmeticVersion", "minimumRuntimeVersion", "sectionCount" }) Add(name, 2);
        foreach (string name in new[] { "totalLength", "modelVersion", "reserved20" }) Add(name, 4);
        _at += 32;
        Add("reserved56", 4);
        Add("checksum", 4);
        _at = HeaderBytes;
        while (_at < _file.Length)
        {
            string tag = Encoding.ASCII.GetString(_file, _at, 4);
            Add(tag + ".tag", 4);
            int length = Add(tag + ".sectionLength", 4);
            Add(tag + ".checksum", 4);
            Add(tag + ".reserved", 4);
            int start = _at;
            WalkSection(tag);
            _at = start + length + (-length & 3);
        }
    }

    private void WalkSection(string tag)
    {
        switch (tag)
        {
            case "PREP":
                int channels = Add("PREP.channelCount", 4);
                int integerForm = Add("PREP.integerForm", 1);
                Add("PREP.reserved5", 1);
                Skip(2);
                Add("PREP.clip", 4);
                for (int i = 0; i < channels; i++) Add($"PREP.mean{i}", 4);
                for (int i = 0; i < channels; i++) Add($"PREP.inverseScale{i}", 4);
                for (int i = 0; i < 2 * channels; i++) Skip(Add($"PREP.textLength{i}", 1));
                if (integerForm == 1) WalkCounts(channels);
                break;
            case "GRPH":
                int graphs = Add("GRPH.graphCount", 1);
                for (int i = 0; i < graphs; i++) WalkGraph("graph" + i);
                break;
            case "WIND":
                WalkWindow();
                break;
            case "PLAN":
                foreach (string name in new[] { "stateBytes", "windowBytes", "scratchBytes", "counters", "warmUpSteps" }) Add("PLAN." + name, 4);
                break;
            case "TENS":
                WalkTensors();
                break;
            case "meta":
                int pairs = Add("meta.pairCount", 2);
                for (int i = 0; i < pairs; i++)
                {
                    Skip(Add($"meta.keyLength{i}", 1));
                    Skip(Add($"meta.valueLength{i}", 2));
                }
                break;
            case "detc":
                WalkDetector();
                break;
            default:
                break;
        }
    }

    private void WalkDetector()
    {
        foreach (string name in new[] { "version", "kind", "lead", "normalClass", "addLevel" }) Add("detc." + name, 4);
        WalkList("targets");
        Add("detc.normaliseChannels", 4);
        WalkList("weights");
        foreach (string name in new[] { "errorClip", "combination" }) Add("detc." + name, 4);
        WalkList("whitening");
        string[] names =
        [
            "rootScores", "smoothing", "smoothChannels", "warmUpSteps", "channelSteps", "thresholdSteps", "threshold", "level", "factor", "risk", "history", "pruning",
            "twoSided", "adaptation", "adaptationClip", "adaptationLimit", "votes", "voteWindow", "hysteresis", "clearSteps", "holdOffSteps", "maxAlarmSteps", "latching",
        ];
        foreach (string name in names) Add("detc." + name, 4);
        foreach (string name in new[] { "lowest", "highest", "stuckSteps" }) WalkList(name);
        Add("detc.flatSteps", 4);
        foreach (string name in new[] { "flatRange", "spikeStep" }) WalkList(name);
        foreach (string name in new[] { "substitution", "decayRate", "maxSubstituted", "recoverySteps", "periodMs", "lateMs" }) Add("detc." + name, 4);
    }

    private void WalkList(string name)
    {
        int length = Add($"detc.{name}.length", 4);
        for (int i = 0; i < length; i++) Add($"detc.{name}{i}", 4);
    }

    private void WalkCounts(int channels)
    {
        Add("PREP.lowest", 4);
        Add("PREP.highest", 4);
        for (int i = 0; i < channels; i++) Add($"PREP.offset{i}", 8);
        for (int i = 0; i < channels; i++) Add($"PREP.multiplier{i}", 4);
        for (int i = 0; i < channels; i++) Add($"PREP.shift{i}", 1);
    }

    private void WalkGraph(string graph)
    {
        Add(graph + ".inputSize", 4);
        int layers = Add(graph + ".layerCount", 4), outputs = Add(graph + ".outputSegmentCount", 4);
        Add(graph + ".inputBits", 1);
        for (int i = 0; i < layers; i++) WalkLayer();
        WalkSegments(graph + ".output", outputs);
    }

    private void WalkLayer()
    {
        string layer = Encoding.UTF8.GetString(_file, _at + 2, _file[_at + 1]);
        Add(layer + ".kind", 1);
        Skip(Add(layer + ".nameLength", 1));
        int segments = Add(layer + ".segmentCount", 1), tensors = Add(layer + ".tensorCount", 1);
        int activations = Add(layer + ".activationCount", 1), parameters = Add(layer + ".parameterCount", 1);
        Add(layer + ".outputSize", 4);
        Add(layer + ".scheme", 1);
        Add(layer + ".outputBits", 1);
        WalkSegments(layer + ".segment", segments);
        for (int i = 0; i < tensors; i++)
        {
            Add($"{layer}.tensor{i}.role", 1);
            Add($"{layer}.tensor{i}.index", 2);
        }
        for (int i = 0; i < activations; i++)
        {
            Add($"{layer}.activation{i}.kind", 1);
            Add($"{layer}.activation{i}.alpha", 4);
            Add($"{layer}.activation{i}.beta", 4);
        }
        for (int i = 0; i < parameters; i++) Add($"{layer}.parameter{i}", 4);
    }

    private void WalkSegments(string owner, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Add($"{owner}{i}.value", 2);
            Add($"{owner}{i}.offset", 4);
            Add($"{owner}{i}.length", 4);
        }
    }

    private void WalkWindow()
    {
        Add("WIND.windowLength", 4);
        Add("WIND.hop", 4);
        foreach (string name in new[] { "answer", "reversedInput", "carriesState", "feedback", "reversedTarget" }) Add("WIND." + name, 1);
        Add("WIND.decoderSteps", 4);
        Add("WIND.stepsPerTick", 4);
        int inputs = Add("WIND.decoderInputCount", 4), links = Add("WIND.stateLinkCount", 4);
        WalkSegments("WIND.decoderInput", inputs);
        for (int i = 0; i < links; i++)
        {
            Add($"WIND.link{i}.layer", 2);
            Add($"WIND.link{i}.part", 1);
            Add($"WIND.link{i}.decoderLayer", 2);
            Add($"WIND.link{i}.decoderPart", 1);
        }
    }

    private void WalkTensors()
    {
        int count = Add("TENS.tensorCount", 4);
        for (int i = 0; i < count; i++)
        {
            string tensor = "tensor" + i;
            int type = Add(tensor + ".elementType", 1);
            int rank = Add(tensor + ".rank", 1);
            Add(tensor + ".fractionBits", 1);
            Add(tensor + ".scaleLayout", 1);
            for (int axis = 0; axis < rank; axis++) Add($"{tensor}.shape{axis}", 4);
            int offset = Add(tensor + ".dataOffset", 4);
            Add(tensor + ".dataLength", 4);
            int scales = Add(tensor + ".scaleOffset", 4);
            Add(tensor + ".scaleLength", 4);
            _fields.Add(new Field(tensor + ".element0", offset, type <= 1 ? 4 : type == 2 ? 2 : 1));
            if (scales > 0) WalkScales(tensor, scales);
        }
    }

    private void WalkScales(string tensor, int offset)
    {
        int after = _at;
        _at = offset;
        int blocks = Add(tensor + ".blockCount", 4);
        for (int i = 0; i < blocks; i++) Add($"{tensor}.block{i}.columns", 4);
        Add(tensor + ".scale0", 4);
        _at = after;
    }

    // After its length, a text. (Not _at += Add(...), which would take the place from before the length.)
    private void Skip(int bytes) => _at += bytes;

    // Records the field and returns its value.
    private int Add(string name, int bytes)
    {
        _fields.Add(new Field(name, _at, bytes));
        _at += bytes;
        return Value(_fields[^1]);
    }

    private int Value(Field field) => field.Bytes switch
    {
        1 => _file[field.Offset],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(field.Offset)),
        _ => BinaryPrimitives.ReadInt32LittleEndian(_file.AsSpan(field.Offset)),
    };
}
