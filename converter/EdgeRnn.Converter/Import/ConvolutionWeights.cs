using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import;

/// <summary>Brings the kernels of 1-D convolutions into the canonical layout [outputs, channels, kernel].</summary>
internal static class ConvolutionWeights
{
    /// <summary>
    /// From Keras' [kernel, channels, outputs]; in both layouts the last position of the kernel is the newest sample.
    /// </summary>
    public static Tensor FromKernelFirst(Tensor weights)
    {
        int kernel = weights.Shape[0], channels = weights.Shape[1], outputs = weights.Shape[2];
        float[] data = new float[weights.Data.Length];
        for (int k = 0; k < kernel; k++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int output = 0; output < outputs; output++)
                    data[(output * channels + channel) * kernel + k] = weights.Data[(k * channels + channel) * outputs + output];
            }
        }
        return new Tensor(data, outputs, channels, kernel);
    }
}
