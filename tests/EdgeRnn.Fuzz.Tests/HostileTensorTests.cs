using System;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>PREP, PLAN, TENS and meta: a valid file, and the same with one thing wrong.</summary>
public sealed class HostileTensorTests
{
    [Theory]
    [InlineData("Stream", "TENS.tensorCount", -1, ModelErrorCode.BadValue, "TENS: tensor count")]
    [InlineData("Stream", "TENS.tensorCount", 8193, ModelErrorCode.BadValue, "TENS: tensor count")]
    [InlineData("Stream", "TENS.tensorCount", int.MaxValue, ModelErrorCode.BadValue, "TENS: tensor count")]
    [InlineData("Stream", "TENS.tensorCount", 1, ModelErrorCode.BadTensor, "TENS: tensor 0")]
    [InlineData("Stream", "TENS.tensorCount", 0, ModelErrorCode.BadTensor, "bytes after the last tensor, expected none")]
    [InlineData("Stream", "tensor0.elementType", 1, ModelErrorCode.BadValue, "TENS: tensor 0 element type")]
    [InlineData("Stream", "tensor0.elementType", 4, ModelErrorCode.BadValue, "TENS: tensor 0 element type")]
    [InlineData("Stream", "tensor0.elementType", 5, ModelErrorCode.BadValue, "TENS: tensor 0 element type")]
    [InlineData("Stream", "tensor0.rank", 0, ModelErrorCode.BadValue, "TENS: tensor 0 rank")]
    [InlineData("Stream", "tensor0.rank", 4, ModelErrorCode.BadValue, "TENS: tensor 0 rank")]
    [InlineData("Stream", "tensor0.rank", 2, ModelErrorCode.BadValue, "TENS: tensor 0 length")]
    [InlineData("Stream", "tensor0.fractionBits", 1, ModelErrorCode.BadValue, "TENS: tensor 0 fraction bits")]
    [InlineData("Stream", "tensor0.scaleLayout", 1, ModelErrorCode.BadValue, "TENS: tensor 0 scale layout")]
    [InlineData("Stream", "tensor0.shape0", 0, ModelErrorCode.BadValue, "TENS: tensor 0 axis")]
    [InlineData("Stream", "tensor0.shape0", -1, ModelErrorCode.BadValue, "TENS: tensor 0 axis")]
    [InlineData("Stream", "tensor0.shape0", int.MaxValue, ModelErrorCode.LimitExceeded, "TENS: tensor 0 has 2147483647 elements or more, expected at most 536870911")]
    [InlineData("Stream", "tensor0.shape0", 5, ModelErrorCode.BadValue, "TENS: tensor 0 length")]
    [InlineData("Stream", "tensor1.dataOffset", 0, ModelErrorCode.BadTensor, "TENS: tensor 1")]
    [InlineData("Stream", "tensor1.dataOffset", -64, ModelErrorCode.BadValue, "TENS: tensor 1 offset")]
    [InlineData("Stream", "tensor1.dataOffset", int.MaxValue, ModelErrorCode.BadTensor, "TENS: tensor 1")]
    [InlineData("Stream", "tensor0.dataLength", 4, ModelErrorCode.BadValue, "TENS: tensor 0 length")]
    [InlineData("Stream", "tensor0.dataLength", int.MaxValue, ModelErrorCode.BadValue, "TENS: tensor 0 length")]
    [InlineData("Stream", "tensor0.scaleOffset", 64, ModelErrorCode.BadValue, "TENS: tensor 0 scales")]
    [InlineData("Stream", "tensor0.scaleLength", 4, ModelErrorCode.BadValue, "TENS: tensor 0 scales")]
    [InlineData("Stream", "tensor0.element0", NaN, ModelErrorCode.BadTensor, "TENS: element 0 of tensor 0")]
    [InlineData("Stream", "tensor0.element0", 0xFF800000, ModelErrorCode.BadTensor, "TENS: element 0 of tensor 0")]
    public void Wrong_tensor_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Theory]
    [InlineData("Stream", "PREP.channelCount", 0, ModelErrorCode.BadValue, "PREP: channel count")]
    [InlineData("Stream", "PREP.channelCount", 3, ModelErrorCode.BadGraph, "PREP: has 3 channels, the graph reads 4")]
    [InlineData("Stream", "PREP.channelCount", int.MaxValue, ModelErrorCode.BadValue, "PREP: channel count")]
    [InlineData("Stream", "PREP.integerForm", 1, ModelErrorCode.BadValue, "PREP: integer form")]
    [InlineData("Stream", "PREP.reserved5", 1, ModelErrorCode.BadValue, "PREP: reserved field")]
    [InlineData("Stream", "PREP.clip", NaN, ModelErrorCode.BadValue, "PREP: clip")]
    [InlineData("Stream", "PREP.clip", MinusOne, ModelErrorCode.BadValue, "PREP: clip")]
    [InlineData("Stream", "PREP.clip", Infinity, ModelErrorCode.BadValue, "PREP: clip")]
    [InlineData("Stream", "PREP.mean0", NaN, ModelErrorCode.BadValue, "PREP: mean")]
    [InlineData("Stream", "PREP.inverseScale3", Infinity, ModelErrorCode.BadValue, "PREP: inverse scale")]
    [InlineData("Stream", "PREP.textLength0", 255, ModelErrorCode.WrongLength, "PREP: 255 bytes wanted")]
    [InlineData("Stream", "PREP.textLength7", 0, ModelErrorCode.WrongLength, "PREP: 1 unexpected bytes")]
    [InlineData("Decoder", "PLAN.stateBytes", 0, ModelErrorCode.PlanMismatch, "PLAN: bytes of layer state")]
    [InlineData("Decoder", "PLAN.windowBytes", 4, ModelErrorCode.PlanMismatch, "PLAN: bytes of window")]
    [InlineData("Decoder", "PLAN.scratchBytes", int.MaxValue, ModelErrorCode.PlanMismatch, "PLAN: bytes of scratch")]
    [InlineData("Decoder", "PLAN.counters", 3, ModelErrorCode.PlanMismatch, "PLAN: counters")]
    [InlineData("Decoder", "PLAN.warmUpSteps", -1, ModelErrorCode.BadValue, "PLAN: warm-up steps")]
    [InlineData("Stream", "meta.pairCount", 3, ModelErrorCode.WrongLength, "meta: 1 bytes wanted")]
    [InlineData("Stream", "meta.pairCount", 1, ModelErrorCode.WrongLength, "meta: 13 unexpected bytes")]
    [InlineData("Stream", "meta.keyLength0", 255, ModelErrorCode.WrongLength, "meta: 255 bytes wanted")]
    [InlineData("Stream", "meta.valueLength0", 65535, ModelErrorCode.WrongLength, "meta: 65535 bytes wanted")]
    public void Wrong_standardiser_plan_or_text_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Fact]
    public void Overlapping_tensors_are_refused()
    {
        FieldMap fields = FieldMap.Of(ValidFiles.Stream);
        int first = fields["tensor0.element0"].Offset;
        Expect(ErnnEdit.With(ValidFiles.Stream, "tensor1.dataOffset", first), ModelErrorCode.BadTensor, "TENS: tensor 1 at byte " + first);
        Expect(ErnnEdit.With(ValidFiles.Stream, "tensor0.dataOffset", first + 64), ModelErrorCode.BadTensor, "TENS: tensor 0 at byte");
        Expect(ErnnEdit.With(ValidFiles.Stream, "tensor0.dataOffset", first - 64), ModelErrorCode.BadTensor, "TENS: tensor 0 at byte");
    }

    [Fact]
    public void Tensor_that_no_layer_uses_is_refused()
    {
        byte[] file = (byte[])ValidFiles.Stream.Clone();
        FieldMap fields = FieldMap.Of(file);
        Field mean = fields["standardise.tensor0.index"], inverseScale = fields["standardise.tensor1.index"];
        file.AsSpan(mean.Offset, 2).CopyTo(file.AsSpan(inverseScale.Offset));
        Expect(ErnnEdit.Seal(file), ModelErrorCode.BadTensor, "is used by no layer");
    }

    [Fact]
    public void Bytes_between_and_after_tensors_are_refused()
    {
        byte[] file = (byte[])ValidFiles.Stream.Clone();
        file[FieldMap.Of(file)["tensor1.element0"].Offset - 1] = 1;
        Expect(ErnnEdit.Seal(file), ModelErrorCode.BadValue, "TENS: padding");
        Expect(ErnnEdit.WithSection(ValidFiles.Stream, "TENS", payload => [.. payload, 0, 0, 0, 0]), ModelErrorCode.BadTensor, "TENS: 4 bytes after the last tensor");
        Expect(ErnnEdit.WithSection(ValidFiles.Stream, "TENS", payload => payload[..^4]), ModelErrorCode.BadTensor, "TENS: tensor 25");
    }

    [Fact]
    public void Number_that_is_not_finite_is_refused_wherever_it_stands()
    {
        byte[] file = ValidFiles.Stream;
        int count = SecondReader.Read(file).Tensors.Count;
        for (int i = 0; i < count; i++)
        {
            foreach (long bits in new[] { NaN, Infinity, 0xFF800000, 0x7F800001 })
                Expect(ErnnEdit.With(file, $"tensor{i}.element0", bits), ModelErrorCode.BadTensor, $"TENS: element 0 of tensor {i} is not a finite number");
        }
    }

    [Fact]
    public void Key_that_appears_twice_is_refused()
    {
        byte[] meta = [2, 0, 1, (byte)'k', 0, 0, 1, (byte)'k', 1, 0, (byte)'v'];
        Expect(ErnnEdit.WithSection(ValidFiles.Stream, "meta", _ => meta), ModelErrorCode.BadValue, "meta: the key 'k' appears twice");
        meta[7] = (byte)'q';
        Assert.Equal("v", Model.Load(ErnnEdit.WithSection(ValidFiles.Stream, "meta", _ => meta)).Metadata["q"]);
    }
}
