using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>Reads the key <c>window</c>: when windows start and end, and what they answer.</summary>
internal static class WindowReader
{
    private static readonly Dictionary<string, WindowAnswer> _answers = new(StringComparer.Ordinal)
    {
        ["everyStep"] = WindowAnswer.EveryStep,
        ["lastStep"] = WindowAnswer.LastStep,
        ["allSteps"] = WindowAnswer.AllSteps,
        ["decoder"] = WindowAnswer.Decoder,
    };

    /// <summary>Reads the object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="hasDecoder">Whether a decoder gives the answers.</param>
    public static WindowPlan Read(SourceValue value, bool hasDecoder)
    {
        SourceObject body = value.AsObject();
        SourceValue lengthValue = body.Required("length"), hopValue = body.Required("hop"), answerValue = body.Required("answer");
        SourceValue? reversed = body.Optional("reversedInput"), carried = body.Optional("carriesState");
        body.Close();

        int length = lengthValue.AsInteger(0, ModelLimits.MaxSteps);
        WindowAnswer answer = answerValue.AsChoice(_answers);
        bool reversedInput = reversed?.AsFlag() ?? false;
        if (hasDecoder != (answer == WindowAnswer.Decoder))
            throw answerValue.Fail(hasDecoder ? "with a decoder the answer is \"decoder\"" : "there is no decoder to answer");
        if (length == 0 && (!hasDecoder || reversedInput))
            throw lengthValue.Fail("0, the endless window, goes with a decoder and cannot be reversed; expected 1 or more");
        int hop = hopValue.AsInteger(1, length == 0 ? ModelLimits.MaxSteps : length);
        if (answer == WindowAnswer.EveryStep && reversedInput)
            throw answerValue.Fail("a window read backwards is known only at its end; expected lastStep or allSteps");
        bool carriesState = carried?.AsFlag() ?? false;
        if (carriesState && hop != length)
            throw hopValue.Fail($"state is carried between windows side by side; expected {length}, the length, found {hop}");
        return new WindowPlan
        {
            WindowLength = length,
            Hop = hop,
            Answer = answer,
            ReversedInput = reversedInput,
            CarriesState = carriesState,
        };
    }
}
