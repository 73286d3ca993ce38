/**
 * What a report may cite, each by its key. Fields are BibTeX's, written as BibTeX has them: names as "Last, First and …",
 * braces around capitals that a style must keep. `label` is what stands in the text.
 */
export interface Reference {
  /** "Selvaraju et al. 2017" */
  readonly label: string;
  readonly type: 'article' | 'inproceedings' | 'book' | 'techreport' | 'misc' | 'software';
  readonly fields: Readonly<Record<string, string>>;
}

const NEURIPS = 'Advances in Neural Information Processing Systems';
const ICML = (number: number): string => `Proceedings of the ${number}th International Conference on Machine Learning`;
const ICLR = 'International Conference on Learning Representations';
const CVPR = 'Proceedings of the {IEEE} Conference on Computer Vision and Pattern Recognition';
const PMLR = 'Proceedings of Machine Learning Research';

export const REFERENCES = {
  goodfellow2015explaining: {
    label: 'Goodfellow et al. 2015',
    type: 'inproceedings',
    fields: {
      author: 'Goodfellow, Ian J. and Shlens, Jonathon and Szegedy, Christian',
      title: 'Explaining and Harnessing Adversarial Examples',
      booktitle: ICLR,
      year: '2015',
      eprint: '1412.6572',
      archiveprefix: 'arXiv',
    },
  },
  madry2018towards: {
    label: 'Madry et al. 2018',
    type: 'inproceedings',
    fields: {
      author: 'Madry, Aleksander and Makelov, Aleksandar and Schmidt, Ludwig and Tsipras, Dimitris and Vladu, Adrian',
      title: 'Towards Deep Learning Models Resistant to Adversarial Attacks',
      booktitle: ICLR,
      year: '2018',
      eprint: '1706.06083',
      archiveprefix: 'arXiv',
    },
  },
  athalye2018obfuscated: {
    label: 'Athalye et al. 2018',
    type: 'inproceedings',
    fields: {
      author: 'Athalye, Anish and Carlini, Nicholas and Wagner, David',
      title: 'Obfuscated Gradients Give a False Sense of Security: Circumventing Defenses to Adversarial Examples',
      booktitle: ICML(35),
      series: PMLR,
      volume: '80',
      pages: '274--283',
      year: '2018',
    },
  },
  selvaraju2017gradcam: {
    label: 'Selvaraju et al. 2017',
    type: 'inproceedings',
    fields: {
      author:
        'Selvaraju, Ramprasaath R. and Cogswell, Michael and Das, Abhishek and Vedantam, Ramakrishna and Parikh, Devi and Batra, Dhruv',
      title: '{Grad-CAM}: Visual Explanations from Deep Networks via Gradient-Based Localization',
      booktitle: 'Proceedings of the {IEEE} International Conference on Computer Vision',
      pages: '618--626',
      year: '2017',
      doi: '10.1109/ICCV.2017.74',
    },
  },
  draelos2020hirescam: {
    label: 'Draelos and Carin 2020',
    type: 'misc',
    fields: {
      author: 'Draelos, Rachel Lea and Carin, Lawrence',
      title: 'Use {HiResCAM} instead of {Grad-CAM} for Faithful Explanations of Convolutional Neural Networks',
      year: '2020',
      eprint: '2011.08891',
      archiveprefix: 'arXiv',
    },
  },
  jiang2021layercam: {
    label: 'Jiang et al. 2021',
    type: 'article',
    fields: {
      author: 'Jiang, Peng-Tao and Zhang, Chang-Bin and Hou, Qibin and Cheng, Ming-Ming and Wei, Yunchao',
      title: '{LayerCAM}: Exploring Hierarchical Class Activation Maps for Localization',
      journal: '{IEEE} Transactions on Image Processing',
      volume: '30',
      pages: '5875--5888',
      year: '2021',
      doi: '10.1109/TIP.2021.3089943',
    },
  },
  chattopadhay2018gradcampp: {
    label: 'Chattopadhay et al. 2018',
    type: 'inproceedings',
    fields: {
      author: 'Chattopadhay, Aditya and Sarkar, Anirban and Howlader, Prantik and Balasubramanian, Vineeth N.',
      title: '{Grad-CAM++}: Generalized Gradient-Based Visual Explanations for Deep Convolutional Networks',
      booktitle: '{IEEE} Winter Conference on Applications of Computer Vision',
      pages: '839--847',
      year: '2018',
      doi: '10.1109/WACV.2018.00097',
    },
  },
  fu2020xgradcam: {
    label: 'Fu et al. 2020',
    type: 'inproceedings',
    fields: {
      author: 'Fu, Ruigang and Hu, Qingyong and Dong, Xiaohu and Guo, Yulan and Gao, Yinghui and Li, Biao',
      title: 'Axiom-based {Grad-CAM}: Towards Accurate Visualization and Explanation of {CNNs}',
      booktitle: 'British Machine Vision Conference',
      year: '2020',
      eprint: '2008.02312',
      archiveprefix: 'arXiv',
    },
  },
  sundararajan2017axiomatic: {
    label: 'Sundararajan et al. 2017',
    type: 'inproceedings',
    fields: {
      author: 'Sundararajan, Mukund and Taly, Ankur and Yan, Qiqi',
      title: 'Axiomatic Attribution for Deep Networks',
      booktitle: ICML(34),
      series: PMLR,
      volume: '70',
      pages: '3319--3328',
      year: '2017',
    },
  },
  smilkov2017smoothgrad: {
    label: 'Smilkov et al. 2017',
    type: 'misc',
    fields: {
      author: "Smilkov, Daniel and Thorat, Nikhil and Kim, Been and Vi{\\'e}gas, Fernanda and Wattenberg, Martin",
      title: '{SmoothGrad}: removing noise by adding noise',
      year: '2017',
      eprint: '1706.03825',
      archiveprefix: 'arXiv',
    },
  },
  shrikumar2016blackbox: {
    label: 'Shrikumar et al. 2016',
    type: 'misc',
    fields: {
      author: 'Shrikumar, Avanti and Greenside, Peyton and Shcherbina, Anna and Kundaje, Anshul',
      title: 'Not Just a Black Box: Learning Important Features Through Propagating Activation Differences',
      year: '2016',
      eprint: '1605.01713',
      archiveprefix: 'arXiv',
    },
  },
  zeiler2014visualizing: {
    label: 'Zeiler and Fergus 2014',
    type: 'inproceedings',
    fields: {
      author: 'Zeiler, Matthew D. and Fergus, Rob',
      title: 'Visualizing and Understanding Convolutional Networks',
      booktitle: 'Computer Vision -- {ECCV} 2014',
      series: 'Lecture Notes in Computer Science',
      volume: '8689',
      pages: '818--833',
      publisher: 'Springer',
      year: '2014',
      doi: '10.1007/978-3-319-10590-1_53',
    },
  },
  petsiuk2018rise: {
    label: 'Petsiuk et al. 2018',
    type: 'inproceedings',
    fields: {
      author: 'Petsiuk, Vitali and Das, Abir and Saenko, Kate',
      title: '{RISE}: Randomized Input Sampling for Explanation of Black-box Models',
      booktitle: 'British Machine Vision Conference',
      year: '2018',
      eprint: '1806.07421',
      archiveprefix: 'arXiv',
    },
  },
  lundberg2017shap: {
    label: 'Lundberg and Lee 2017',
    type: 'inproceedings',
    fields: {
      author: 'Lundberg, Scott M. and Lee, Su-In',
      title: 'A Unified Approach to Interpreting Model Predictions',
      booktitle: NEURIPS,
      volume: '30',
      pages: '4765--4774',
      year: '2017',
    },
  },
  rong2022road: {
    label: 'Rong et al. 2022',
    type: 'inproceedings',
    fields: {
      author: 'Rong, Yao and Leemann, Tobias and Borisov, Vadim and Kasneci, Gjergji and Kasneci, Enkelejda',
      title: 'A Consistent and Efficient Evaluation Strategy for Attribution Methods',
      booktitle: ICML(39),
      series: PMLR,
      volume: '162',
      pages: '18770--18795',
      year: '2022',
    },
  },
  bhatt2020evaluating: {
    label: 'Bhatt et al. 2020',
    type: 'inproceedings',
    fields: {
      author: "Bhatt, Umang and Weller, Adrian and Moura, Jos{\\'e} M. F.",
      title: 'Evaluating and Aggregating Feature-based Model Explanations',
      booktitle: 'Proceedings of the Twenty-Ninth International Joint Conference on Artificial Intelligence',
      pages: '3016--3022',
      year: '2020',
      doi: '10.24963/ijcai.2020/417',
    },
  },
  fel2021sobol: {
    label: 'Fel et al. 2021',
    type: 'inproceedings',
    fields: {
      author:
        "Fel, Thomas and Cad{\\`e}ne, R{\\'e}mi and Chalvidal, Mathieu and Cord, Matthieu and Vigouroux, David and Serre, Thomas",
      title: 'Look at the Variance! Efficient Black-box Explanations with {Sobol}-based Sensitivity Analysis',
      booktitle: NEURIPS,
      volume: '34',
      pages: '26005--26014',
      year: '2021',
    },
  },
  yeh2019infidelity: {
    label: 'Yeh et al. 2019',
    type: 'inproceedings',
    fields: {
      author: 'Yeh, Chih-Kuan and Hsieh, Cheng-Yu and Suggala, Arun Sai and Inouye, David I. and Ravikumar, Pradeep',
      title: 'On the (In)fidelity and Sensitivity of Explanations',
      booktitle: NEURIPS,
      volume: '32',
      year: '2019',
    },
  },
  chalasani2020concise: {
    label: 'Chalasani et al. 2020',
    type: 'inproceedings',
    fields: {
      author: 'Chalasani, Prasad and Chen, Jiefeng and Chowdhury, Amrita Roy and Wu, Xi and Jha, Somesh',
      title: 'Concise Explanations of Neural Networks using Adversarial Training',
      booktitle: ICML(37),
      series: PMLR,
      volume: '119',
      pages: '1383--1391',
      year: '2020',
    },
  },
  adebayo2018sanity: {
    label: 'Adebayo et al. 2018',
    type: 'inproceedings',
    fields: {
      author:
        'Adebayo, Julius and Gilmer, Justin and Muelly, Michael and Goodfellow, Ian and Hardt, Moritz and Kim, Been',
      title: 'Sanity Checks for Saliency Maps',
      booktitle: NEURIPS,
      volume: '31',
      pages: '9505--9515',
      year: '2018',
    },
  },
  zhang2017rethinking: {
    label: 'Zhang et al. 2017',
    type: 'inproceedings',
    fields: {
      author: 'Zhang, Chiyuan and Bengio, Samy and Hardt, Moritz and Recht, Benjamin and Vinyals, Oriol',
      title: 'Understanding deep learning requires rethinking generalization',
      booktitle: ICLR,
      year: '2017',
      eprint: '1611.03530',
      archiveprefix: 'arXiv',
    },
  },
  zhang2018excitation: {
    label: 'Zhang et al. 2018',
    type: 'article',
    fields: {
      author:
        'Zhang, Jianming and Bargal, Sarah Adel and Lin, Zhe and Brandt, Jonathan and Shen, Xiaohui and Sclaroff, Stan',
      title: 'Top-Down Neural Attention by Excitation Backprop',
      journal: 'International Journal of Computer Vision',
      volume: '126',
      number: '10',
      pages: '1084--1102',
      year: '2018',
      doi: '10.1007/s11263-017-1059-x',
    },
  },
  wang2020scorecam: {
    label: 'Wang et al. 2020',
    type: 'inproceedings',
    fields: {
      author:
        'Wang, Haofan and Wang, Zifan and Du, Mengnan and Yang, Fan and Zhang, Zijian and Ding, Sirui and Mardziel, Piotr and Hu, Xia',
      title: '{Score-CAM}: Score-Weighted Visual Explanations for Convolutional Neural Networks',
      booktitle: '{IEEE/CVF} Conference on Computer Vision and Pattern Recognition Workshops',
      pages: '111--119',
      year: '2020',
      doi: '10.1109/CVPRW50498.2020.00020',
    },
  },
  arras2022clevr: {
    label: 'Arras et al. 2022',
    type: 'article',
    fields: {
      author: 'Arras, Leila and Osman, Ahmed and Samek, Wojciech',
      title: '{CLEVR-XAI}: A benchmark dataset for the ground truth evaluation of neural network explanations',
      journal: 'Information Fusion',
      volume: '81',
      pages: '14--40',
      year: '2022',
      doi: '10.1016/j.inffus.2021.11.008',
    },
  },
  ariasduart2022focus: {
    label: 'Arias-Duart et al. 2022',
    type: 'inproceedings',
    fields: {
      author: "Arias-Duart, Anna and Par{\\'e}s, Ferran and Garcia-Gasulla, Dario and Gim{\\'e}nez-{\\'A}balos, Victor",
      title: 'Focus! Rating {XAI} Methods and Finding Biases',
      booktitle: '{IEEE} International Conference on Fuzzy Systems',
      year: '2022',
      doi: '10.1109/FUZZ-IEEE55066.2022.9882821',
    },
  },
  guo2017calibration: {
    label: 'Guo et al. 2017',
    type: 'inproceedings',
    fields: {
      author: 'Guo, Chuan and Pleiss, Geoff and Sun, Yu and Weinberger, Kilian Q.',
      title: 'On Calibration of Modern Neural Networks',
      booktitle: ICML(34),
      series: PMLR,
      volume: '70',
      pages: '1321--1330',
      year: '2017',
    },
  },
  naeini2015obtaining: {
    label: 'Naeini et al. 2015',
    type: 'inproceedings',
    fields: {
      author: 'Pakdaman Naeini, Mahdi and Cooper, Gregory F. and Hauskrecht, Milos',
      title: 'Obtaining Well Calibrated Probabilities Using {Bayesian} Binning',
      booktitle: 'Proceedings of the Twenty-Ninth {AAAI} Conference on Artificial Intelligence',
      pages: '2901--2907',
      year: '2015',
    },
  },
  brier1950verification: {
    label: 'Brier 1950',
    type: 'article',
    fields: {
      author: 'Brier, Glenn W.',
      title: 'Verification of Forecasts Expressed in Terms of Probability',
      journal: 'Monthly Weather Review',
      volume: '78',
      number: '1',
      pages: '1--3',
      year: '1950',
    },
  },
  hendrycks2019benchmarking: {
    label: 'Hendrycks and Dietterich 2019',
    type: 'inproceedings',
    fields: {
      author: 'Hendrycks, Dan and Dietterich, Thomas',
      title: 'Benchmarking Neural Network Robustness to Common Corruptions and Perturbations',
      booktitle: ICLR,
      year: '2019',
      eprint: '1903.12261',
      archiveprefix: 'arXiv',
    },
  },
  wang2004ssim: {
    label: 'Wang et al. 2004',
    type: 'article',
    fields: {
      author: 'Wang, Zhou and Bovik, Alan C. and Sheikh, Hamid R. and Simoncelli, Eero P.',
      title: 'Image quality assessment: from error visibility to structural similarity',
      journal: '{IEEE} Transactions on Image Processing',
      volume: '13',
      number: '4',
      pages: '600--612',
      year: '2004',
      doi: '10.1109/TIP.2003.819861',
    },
  },
  toneva2019forgetting: {
    label: 'Toneva et al. 2019',
    type: 'inproceedings',
    fields: {
      author:
        'Toneva, Mariya and Sordoni, Alessandro and Tachet des Combes, Remi and Trischler, Adam and Bengio, Yoshua and Gordon, Geoffrey J.',
      title: 'An Empirical Study of Example Forgetting during Deep Neural Network Learning',
      booktitle: ICLR,
      year: '2019',
      eprint: '1812.05159',
      archiveprefix: 'arXiv',
    },
  },
  hall1992removal: {
    label: 'Hall 1992',
    type: 'article',
    fields: {
      author: 'Hall, Peter',
      title: 'On the Removal of Skewness by Transformation',
      journal: 'Journal of the Royal Statistical Society: Series B',
      volume: '54',
      number: '1',
      pages: '221--228',
      year: '1992',
    },
  },
  wilson1927probable: {
    label: 'Wilson 1927',
    type: 'article',
    fields: {
      author: 'Wilson, Edwin B.',
      title: 'Probable Inference, the Law of Succession, and Statistical Inference',
      journal: 'Journal of the American Statistical Association',
      volume: '22',
      number: '158',
      pages: '209--212',
      year: '1927',
      doi: '10.1080/01621459.1927.10502953',
    },
  },
  korn1998confidence: {
    label: 'Korn and Graubard 1998',
    type: 'article',
    fields: {
      author: 'Korn, Edward L. and Graubard, Barry I.',
      title:
        'Confidence Intervals for Proportions with Small Expected Number of Positive Counts Estimated from Survey Data',
      journal: 'Survey Methodology',
      volume: '24',
      number: '2',
      pages: '193--201',
      year: '1998',
    },
  },
  efron1993bootstrap: {
    label: 'Efron and Tibshirani 1993',
    type: 'book',
    fields: {
      author: 'Efron, Bradley and Tibshirani, Robert J.',
      title: 'An Introduction to the Bootstrap',
      publisher: 'Chapman \\& Hall',
      address: 'New York',
      year: '1993',
    },
  },
  krizhevsky2009learning: {
    label: 'Krizhevsky 2009',
    type: 'techreport',
    fields: {
      author: 'Krizhevsky, Alex',
      title: 'Learning Multiple Layers of Features from Tiny Images',
      institution: 'University of Toronto',
      year: '2009',
    },
  },
  deng2009imagenet: {
    label: 'Deng et al. 2009',
    type: 'inproceedings',
    fields: {
      author: 'Deng, Jia and Dong, Wei and Socher, Richard and Li, Li-Jia and Li, Kai and Fei-Fei, Li',
      title: '{ImageNet}: A Large-Scale Hierarchical Image Database',
      booktitle: CVPR,
      pages: '248--255',
      year: '2009',
      doi: '10.1109/CVPR.2009.5206848',
    },
  },
  tan2019efficientnet: {
    label: 'Tan and Le 2019',
    type: 'inproceedings',
    fields: {
      author: 'Tan, Mingxing and Le, Quoc V.',
      title: '{EfficientNet}: Rethinking Model Scaling for Convolutional Neural Networks',
      booktitle: ICML(36),
      series: PMLR,
      volume: '97',
      pages: '6105--6114',
      year: '2019',
    },
  },
  he2016deep: {
    label: 'He et al. 2016',
    type: 'inproceedings',
    fields: {
      author: 'He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian',
      title: 'Deep Residual Learning for Image Recognition',
      booktitle: CVPR,
      pages: '770--778',
      year: '2016',
      doi: '10.1109/CVPR.2016.90',
    },
  },
  devries2017cutout: {
    label: 'DeVries and Taylor 2017',
    type: 'misc',
    fields: {
      author: 'DeVries, Terrance and Taylor, Graham W.',
      title: 'Improved Regularization of Convolutional Neural Networks with Cutout',
      year: '2017',
      eprint: '1708.04552',
      archiveprefix: 'arXiv',
    },
  },
  zhong2020random: {
    label: 'Zhong et al. 2020',
    type: 'inproceedings',
    fields: {
      author: 'Zhong, Zhun and Zheng, Liang and Kang, Guoliang and Li, Shaozi and Yang, Yi',
      title: 'Random Erasing Data Augmentation',
      booktitle: 'Proceedings of the {AAAI} Conference on Artificial Intelligence',
      volume: '34',
      pages: '13001--13008',
      year: '2020',
      doi: '10.1609/aaai.v34i07.7000',
    },
  },
  hendrycks2020augmix: {
    label: 'Hendrycks et al. 2020',
    type: 'inproceedings',
    fields: {
      author:
        'Hendrycks, Dan and Mu, Norman and Cubuk, Ekin D. and Zoph, Barret and Gilmer, Justin and Lakshminarayanan, Balaji',
      title: '{AugMix}: A Simple Data Processing Method to Improve Robustness and Uncertainty',
      booktitle: ICLR,
      year: '2020',
      eprint: '1912.02781',
      archiveprefix: 'arXiv',
    },
  },
  rusak2020simple: {
    label: 'Rusak et al. 2020',
    type: 'inproceedings',
    fields: {
      author:
        'Rusak, Evgenia and Schott, Lukas and Zimmermann, Roland S. and Bitterwolf, Julian and Bringmann, Oliver and Bethge, Matthias and Brendel, Wieland',
      title: 'A Simple Way to Make Neural Networks Robust Against Diverse Image Corruptions',
      booktitle: 'European Conference on Computer Vision',
      year: '2020',
      eprint: '2001.06057',
      archiveprefix: 'arXiv',
    },
  },
  simonyan2015very: {
    label: 'Simonyan and Zisserman 2015',
    type: 'inproceedings',
    fields: {
      author: 'Simonyan, Karen and Zisserman, Andrew',
      title: 'Very Deep Convolutional Networks for Large-Scale Image Recognition',
      booktitle: ICLR,
      year: '2015',
      eprint: '1409.1556',
      archiveprefix: 'arXiv',
    },
  },
  wightman2019timm: {
    label: 'Wightman 2019',
    type: 'misc',
    fields: {
      author: 'Wightman, Ross',
      title: '{PyTorch} Image Models',
      year: '2019',
      doi: '10.5281/zenodo.4414861',
    },
  },
  paszke2019pytorch: {
    label: 'Paszke et al. 2019',
    type: 'inproceedings',
    fields: {
      author:
        'Paszke, Adam and Gross, Sam and Massa, Francisco and Lerer, Adam and Bradbury, James and Chanan, Gregory and Killeen, Trevor and Lin, Zeming and Gimelshein, Natalia and Antiga, Luca and Desmaison, Alban and K{\\"o}pf, Andreas and Yang, Edward and DeVito, Zachary and Raison, Martin and Tejani, Alykhan and Chilamkurthy, Sasank and Steiner, Benoit and Fang, Lu and Bai, Junjie and Chintala, Soumith',
      title: '{PyTorch}: An Imperative Style, High-Performance Deep Learning Library',
      booktitle: NEURIPS,
      volume: '32',
      pages: '8024--8035',
      year: '2019',
    },
  },
  abadi2016tensorflow: {
    label: 'Abadi et al. 2016',
    type: 'inproceedings',
    fields: {
      author: "Abadi, Mart{\\'i}n and Barham, Paul and Chen, Jianmin and others",
      title: '{TensorFlow}: A System for Large-Scale Machine Learning',
      booktitle: '12th {USENIX} Symposium on Operating Systems Design and Implementation',
      pages: '265--283',
      year: '2016',
    },
  },
  smilkov2019tensorflowjs: {
    label: 'Smilkov et al. 2019',
    type: 'inproceedings',
    fields: {
      author: 'Smilkov, Daniel and Thorat, Nikhil and Assogba, Yannick and others',
      title: '{TensorFlow.js}: Machine Learning for the Web and Beyond',
      booktitle: 'Proceedings of Machine Learning and Systems',
      volume: '1',
      year: '2019',
      eprint: '1901.05350',
      archiveprefix: 'arXiv',
    },
  },
  publishedStudy: {
    label: 'the published study',
    type: 'misc',
    fields: {
      title: '{[The published study that is compared: EfficientNet-B0 on CIFAR-10 over 20 epochs]}',
      note: 'Its authors, title, place and year are not known to this program, which has what it reports of its method and its numbers',
    },
  },
  epochlens: {
    label: 'EpochLens',
    type: 'software',
    fields: {
      author: '{The EpochLens authors}',
      title: "{EpochLens}: how an image classifier's attention, accuracy and robustness change over its training",
      license: 'MIT',
    },
  },
} as const satisfies Readonly<Record<string, Reference>>;

export type ReferenceKey = keyof typeof REFERENCES;
