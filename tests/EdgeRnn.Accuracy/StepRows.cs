using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Accuracy;

/// <summary>Sequences of feature rows, [steps][features].</summary>
public static class StepRows
{
    /// <summary>Cuts values that lie end to end into rows.</summary>
    public static float[][] Split(float[] values, int features) => [.. values.Chunk(features)];

    /// <summary>Feeds rows to a fresh session and collects the answers, one per step that answers.</summary>
    /// <param name="file">A whole .ernn file.</param>
    /// <param name="rows">[steps][inputSize], in the model's own units.</param>
    public static float[][] Answers(byte[] file, float[][] rows)
    {
        Session session = new(Model.Load(file));
        float[] answer = new float[session.Model.OutputSize];
        List<float[]> answers = [];
        foreach (float[] row in rows)
        {
            int status = session.Step(row, 0, answer, 0);
            if ((status & StepStatus.OutputReady) != 0) answers.Add([.. answer]);
        }
        return [.. answers];
    }
}
